// Runs before anything is drawn: says that scripts run, and sets the colours, so that no page flashes light.
(() => {
  "use strict";
  const root = document.documentElement;
  // The site's root from this file's own address: right at every depth, under a path, and on the 404 page.
  const key = new URL("../../", document.currentScript.src).pathname + ".__palette";
  const system = matchMedia("(prefers-color-scheme: dark)");

  const stored = () => {
    try { return JSON.parse(localStorage.getItem(key)).color.scheme; } catch { return ""; } // none, or refused
  };
  const show = () => {
    const dark = (stored() || chosen || (system.matches ? "slate" : "default")) === "slate";
    document.body.setAttribute("data-md-color-scheme", dark ? "slate" : "default");
    for (const button of document.querySelectorAll(".mc-scheme")) button.setAttribute("aria-pressed", String(dark));
  };
  let chosen = ""; // where nothing can be stored, for as long as the page stands

  root.classList.replace("no-js", "js");
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    show();
  }).observe(root, { childList: true });
  addEventListener("DOMContentLoaded", show);
  system.addEventListener("change", show); // followed for as long as the reader has chosen nothing

  addEventListener("click", event => {
    if (!event.target.closest || !event.target.closest(".mc-scheme")) return;
    chosen = document.body.getAttribute("data-md-color-scheme") === "slate" ? "default" : "slate";
    try { localStorage.setItem(key, JSON.stringify({ color: { scheme: chosen } })); } catch { /* refused */ }
    show();
  });
})();
