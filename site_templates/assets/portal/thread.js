// A number opens where it stands: its section of the rows page, in a dialog. When anything fails, the link is followed.
(() => {
  "use strict";
  if (!("HTMLDialogElement" in window) || location.protocol === "file:") return;
  const pages = new Map(); // rows pages that were read, for as long as this page stands
  let box;
  let from; // the number that was opened: the focus goes back to it

  async function read(address) {
    if (!pages.has(address)) {
      const answer = await fetch(address, { signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw answer;
      pages.set(address, await answer.text());
    }
    return pages.get(address);
  }

  // Only the section that is wanted is parsed: a page of rows has a megabyte, and a phone takes seconds for it.
  function find(text, id) {
    const start = text.lastIndexOf("<section ", text.indexOf(` id="${id}">`));
    const part = start < 0 ? "" : text.slice(start, text.indexOf("</section>", start));
    const parse = html => new DOMParser().parseFromString(html, "text/html").getElementById(id);
    return parse(part) || parse(text);
  }

  function make(tag, more, ...inside) {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...inside);
    return element;
  }

  function makeBox() {
    box = make("dialog", { className: "mc-opened md-typeset" });
    box.setAttribute("aria-labelledby", "mc-opened mc-opened-label"); // a number, and what it counts
    box.onclick = event => { if (event.target === box) box.close(); }; // beside it
    box.onkeydown = event => event.stopPropagation(); // the theme's letters open its search
    box.onclose = () => from.focus({ preventScroll: true });
    document.body.append(box);
  }

  function fill(section, url) {
    const row = document.importNode(section, true);
    for (const link of row.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), url);
    for (const named of row.querySelectorAll("[id]")) named.removeAttribute("id");
    const head = row.querySelector("h2");
    Object.assign(head, { id: "mc-opened", tabIndex: -1 });
    Object.assign(row.querySelector(".mc-row__label") || {}, { id: "mc-opened-label" });
    const close = make("button", { type: "button", className: "mc-opened__close", onclick: () => box.close() }, "Close");
    const field = make("input", { readOnly: true, value: url.href, onfocus: () => field.select() });
    const address = make("label", {}, url.hash.startsWith("#claim-") ? "Address of this claim " : "Address of this number ", field);
    const own = make("a", { href: url.href }, "Open its own page");
    box.replaceChildren(close, ...row.childNodes, make("p", {}, address), make("p", {}, own));
    if (!box.open) box.showModal();
    box.scrollTop = 0;
    head.focus();
  }

  addEventListener("click", event => {
    const link = event.target.closest && event.target.closest(".mc-number, .mc-worked, .mc-claim[href], .mc-entry, .mc-hits a");
    if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute("href"), document.baseURI);
    const inside = box && box.contains(link);
    if (!url.hash || !url.pathname.endsWith("/rows/") || (url.pathname === location.pathname && !inside)) return;
    event.preventDefault();
    if (!inside) from = link;
    read(url.origin + url.pathname).then(text => {
      if (!box) makeBox();
      fill(find(text, decodeURIComponent(url.hash.slice(1))), url);
    }).catch(() => location.assign(url));
  });
})();
