// Runs before the theme's bundle, in place of its inline scripts, so that the policy can forbid those.
(function () {
  "use strict";
  // The site's root from this file's own address: right at every depth, under a path, and on the 404 page.
  const scope = new URL("../../", document.currentScript.src);
  let chosen = false; // nothing is stored before a reader uses the toggle

  window.__md_scope = scope;
  window.__md_hash = text => [...text].reduce((sum, c) => (sum << 5) - sum + c.charCodeAt(0), 0);
  window.__md_get = (key, storage, at = scope) => {
    try { return JSON.parse((storage || localStorage).getItem(at.pathname + "." + key)); } catch { return null; }
  };
  window.__md_set = (key, value, storage, at = scope) => {
    if (!chosen) return;
    try { (storage || localStorage).setItem(at.pathname + "." + key, JSON.stringify(value)); } catch { /* refused */ }
  };
  for (const kind of ["click", "keydown"]) {
    addEventListener(kind, event => {
      if (event.target.closest && event.target.closest("[data-md-component=palette]")) chosen = true;
    }, true);
  }

  // The scheme as soon as there is a body, so that no page flashes light before it turns dark.
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    const stored = window.__md_get("__palette");
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const scheme = stored && stored.color ? stored.color.scheme : dark ? "slate" : "default";
    document.body.setAttribute("data-md-color-scheme", scheme);
  }).observe(document.documentElement, { childList: true });

  addEventListener("DOMContentLoaded", () => {
    makeMenu();
    makeSearchButton();
    watchTables();
    openTarget();
  });
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => { // on paper nothing can be opened
    for (const box of document.querySelectorAll("details")) box.open = true;
  });

  // A closed <details> that an address leads to opens.
  function openTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const box = target && target.closest("details");
    if (box) { box.open = true; target.scrollIntoView(); }
  }

  // A label cannot take focus: a button does what it did, for a keyboard too.
  function makeButton(label, name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    label.replaceWith(button);
    return button;
  }

  // The search opens from its button, and hands the focus back when it shuts.
  function makeSearchButton() {
    const label = document.querySelector(".mc-tools label[for=__search]");
    const field = document.querySelector("[data-md-component=search-query]");
    const toggle = document.getElementById("__search");
    if (!label || !field || !toggle) return;
    const button = makeButton(label, "Search");
    button.addEventListener("click", () => {
      if (!toggle.checked) toggle.click();
      field.focus();
    });
    addEventListener("keydown", event => {
      if (event.key !== "Escape" || !toggle.checked) return;
      setTimeout(() => { if (!toggle.checked) button.focus(); }, 0);
    }, true);
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

  function makeMenu() {
    const toggle = document.getElementById("__drawer");
    const label = document.querySelector(".mc-tool--menu");
    const drawer = document.querySelector(".md-sidebar--primary");
    if (!toggle || !label || !drawer) return;
    const button = makeButton(label, "Menu");
    const narrow = matchMedia("(max-width: 76.2344em)");
    const show = () => {
      button.setAttribute("aria-expanded", String(toggle.checked));
      drawer.inert = !toggle.checked; // closed, its links stand off the screen and must not take focus
    };
    const set = open => {
      toggle.checked = open;
      toggle.dispatchEvent(new Event("change"));
      show();
      if (open) drawer.querySelector("a").focus();
    };
    button.addEventListener("click", () => set(!toggle.checked));
    toggle.addEventListener("change", show);
    narrow.addEventListener("change", show);
    addEventListener("keydown", event => {
      if (event.key === "Escape" && toggle.checked) { set(false); button.focus(); }
    });
    drawer.addEventListener("focusout", event => {
      if (toggle.checked && event.relatedTarget && !drawer.contains(event.relatedTarget)) set(false);
    });
    show();
  }
})();
