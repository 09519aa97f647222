// What the header and the contents list do. Deferred: the page is read by the time it runs.
(() => {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const one = selector => document.querySelector(selector);

  makeMenu();
  makeSearch();
  markContents();
  watchTables();
  openTarget();
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => { // on paper nothing can be opened
    for (const box of document.querySelectorAll("details")) box.open = true;
  });

  // A closed <details> that an address leads to opens.
  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const box = target && target.closest("details");
    if (box && !box.open) { box.open = true; target.scrollIntoView(); }
  }

  // The drawer of a small screen. Its state is the theme's checkbox, which its styles read.
  function makeMenu() {
    const toggle = one("#__drawer");
    const button = one(".mc-tool--menu");
    const drawer = one(".md-sidebar--primary");
    if (!toggle || !button || !drawer) return;
    const show = () => {
      button.setAttribute("aria-expanded", String(toggle.checked));
      drawer.inert = !toggle.checked; // shut, its links stand off the screen and must not take focus
    };
    const set = (open, focus) => {
      toggle.checked = open;
      show();
      if (focus) focus.focus();
    };
    button.addEventListener("click", () => set(!toggle.checked, toggle.checked ? button : drawer.querySelector("a")));
    toggle.addEventListener("change", () => set(toggle.checked, toggle.checked ? null : button)); // beside it
    addEventListener("keydown", event => {
      if (event.key === "Escape" && toggle.checked) set(false, button);
    });
    drawer.addEventListener("focusout", event => {
      if (toggle.checked && event.relatedTarget && !drawer.contains(event.relatedTarget)) set(false);
    });
    set(false);
    addEventListener("pageshow", () => set(false)); // a browser that goes back opens it again, after this script has run
  }

  // The search: the theme's script is fetched when a reader opens it, and not before. To put another in its place,
  // replace this function and the template in portal.html.
  function makeSearch() {
    const button = one(".mc-tool--search");
    const field = one("[data-md-component=search-query]");
    const toggle = one("#__search");
    const status = one(".md-search-result__meta");
    const bundle = one("#mc-search");
    if (!button || !field || !toggle || !status || !bundle) return;
    let fetched = false;

    function fetchBundle() {
      if (fetched) return;
      fetched = true;
      status.setAttribute("role", "status");
      status.textContent = "Fetching the search …";
      // The four that the theme calls. It stores nothing here: the colours are ours.
      Object.assign(window, { __md_scope: root, __md_hash: () => 0, __md_get: () => null, __md_set: () => {} });
      const script = document.createElement("script");
      script.src = bundle.content.querySelector("script").getAttribute("src");
      script.onload = () => { if (field.value) field.dispatchEvent(new Event("keyup")); }; // typed in the meantime
      script.onerror = () => {
        fetched = false;
        status.textContent = "The search could not be fetched. Shut it and open it again, or use the menu.";
      };
      document.head.append(script);
    }

    function set(open) {
      if (toggle.checked !== open) toggle.click();
      (open ? field : button).focus();
    }

    const asked = new URLSearchParams(location.search).has("q");
    toggle.checked = false;
    addEventListener("pageshow", () => { if (toggle.checked && !asked) toggle.click(); }); // as the menu
    field.form.addEventListener("submit", event => event.preventDefault());
    button.addEventListener("click", () => { set(true); fetchBundle(); });
    addEventListener("keydown", event => {
      if (event.key === "Escape" && toggle.checked) set(false);
      // The theme's shortcuts of one letter would answer to dictated words as well (WCAG 2.1.4).
      else if (/^[fsnp/,.]$/.test(event.key) && !event.target.matches("input, textarea, select")) event.stopPropagation();
    }, true);
    toggle.addEventListener("change", () => button.setAttribute("aria-expanded", String(toggle.checked)));
    if (asked) { set(true); fetchBundle(); }
  }

  // "On this page": the part that is being read is marked. The watcher wakes when a heading passes a line near the top.
  function markContents() {
    const links = [...document.querySelectorAll(".md-nav--secondary a[href^='#']")];
    const parts = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!links.length || parts.includes(null)) return;
    const mark = () => {
      const read = parts.findLastIndex(part => part.getBoundingClientRect().top <= innerHeight / 4 + 1);
      links.forEach((link, n) => {
        if (n === read) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -75% 0px" });
    parts.forEach(part => watcher.observe(part));
  }

  // A table that fits needs no place among the focus stops; one that scrolls does.
  function watchTables() {
    const watcher = new ResizeObserver(entries => {
      for (const { target } of entries) {
        const scrolls = target.scrollWidth > target.clientWidth;
        const caption = target.querySelector("caption");
        const named = { tabindex: "0", role: "region", "aria-label": caption ? caption.textContent : "Table" };
        for (const [name, value] of Object.entries(named)) {
          if (scrolls) target.setAttribute(name, value);
          else target.removeAttribute(name);
        }
      }
    });
    document.querySelectorAll(".mc-scroll").forEach(box => watcher.observe(box));
  }
})();
