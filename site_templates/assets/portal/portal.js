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

  // The search: its script is fetched when a reader opens it. Without scripts the link leads to the page from A to Z.
  function makeSearch() {
    const button = one(".mc-tool--search");
    if (!button) return;
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", "Search");
    button.setAttribute("aria-haspopup", "dialog");
    let dialog = null, fetched = false, asked = "", from = button;

    function makeDialog() {
      dialog = document.createElement("dialog");
      dialog.className = "mc-search";
      dialog.setAttribute("aria-label", "Search");
      dialog.innerHTML = `<form class="mc-search__form" role="search" method="dialog">
<label class="mc-hidden" for="mc-search-field">Words or a number</label>
<input class="mc-search__field" id="mc-search-field" type="search" autocomplete="off" spellcheck="false" enterkeyhint="search" placeholder="Words or a number">
<button class="mc-search__close" type="button" aria-label="Close the search">×</button></form>
<p class="mc-search__status" role="status"></p><div class="mc-search__found"></div>
<p class="mc-search__foot"><a>Everything from A to Z</a></p>`;
      dialog.querySelector(".mc-search__foot a").href = button.href;
      dialog.querySelector(".mc-search__close").addEventListener("click", () => dialog.close());
      dialog.querySelector("form").addEventListener("submit", event => event.preventDefault());
      dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); }); // beside it
      dialog.addEventListener("keydown", event => { // else a field with words in it keeps the key to itself
        if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); dialog.close(); }
      });
      dialog.addEventListener("close", () => { if (dialog.returnValue !== "led on") from.focus(); });
      document.body.append(dialog);
    }

    function fetchScript() {
      fetched = true;
      const status = dialog.querySelector(".mc-search__status");
      status.textContent = "Fetching the search …";
      const script = document.createElement("script");
      script.src = new URL("assets/portal/search.js", root);
      script.onload = () => window.portalSearch.attach(dialog, Boolean(asked) && asked === dialog.querySelector("input").value);
      script.onerror = () => {
        fetched = false;
        status.textContent = "The search could not be fetched. Shut it and open it again, or look from A to Z.";
      };
      document.head.append(script);
    }

    function open(words, cameFrom = button) {
      if (!dialog) makeDialog();
      const field = dialog.querySelector("input");
      asked = words;
      from = cameFrom;
      if (words) field.value = words;
      dialog.returnValue = "";
      if (!dialog.open) dialog.showModal();
      field.focus();
      if (!fetched) fetchScript();
      else if (words) field.form.requestSubmit();
      else field.dispatchEvent(new Event("input")); // what could not be fetched is tried again
    }

    button.addEventListener("click", event => { event.preventDefault(); open(""); });
    button.addEventListener("keydown", event => { if (event.key === " ") { event.preventDefault(); open(""); } });
    const form = one(".mc-find");
    if (form) form.addEventListener("submit", event => { event.preventDefault(); open(form.elements.q.value, form.elements.q); });
    const inAddress = new URLSearchParams(location.search).get("q");
    if (inAddress !== null) open(inAddress);
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
