// What can be measured in an open page about reading it by ear, by keyboard, enlarged, or in colours of one's own.
// Each check gives a sentence for each fault. access_checks.py says which there are, and asks them in a page.
// What they share comes first; a name is worked out roughly as a browser does it: label, words, words for pictures.
const all = (which, root = document) => [...root.querySelectorAll(which)];
const clean = text => (text || "").replace(/\s+/g, " ").trim();
const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && element.getClientRects().length > 0 && !element.closest("[inert]");
const words = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
    if (getComputedStyle(node).display === "none") return "";
    if (node.getAttribute("aria-label")) return ` ${node.getAttribute("aria-label")} `;
    if (node.tagName === "IMG") return ` ${node.alt} `;
    return [...node.childNodes].map(words).join("");
};
const name = element => {
    const by = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    if (by.length) return clean(by.map(id => document.getElementById(id)).map(e => e ? e.textContent : "").join(" "));
    const labels = [...(element.labels || [])].map(words).join(" ");
    return clean(element.getAttribute("aria-label") || labels || words(element) || element.title);
};
const at = element => {
    const tag = element.tagName.toLowerCase();
    const kind = typeof element.className === "string" && element.className ? `.${element.className.split(" ")[0]}` : "";
    return `<${tag}${kind}> “${clean(element.textContent).slice(0, 40)}”`;
};
const TARGETS = "a[href], button, summary, input, select, textarea, [tabindex='0']";

const checks = {
  HEADINGS: () => {
      const headings = all("h1, h2, h3, h4, h5, h6").filter(seen).filter(h => !h.closest("dialog"));
      const faults = headings.filter(h => !clean(words(h))).map(h => `empty heading ${at(h)}`);
      const firsts = headings.filter(h => h.tagName === "H1").length;
      if (firsts !== 1) faults.push(`${firsts} headings of the first level`);
      let before = 0;
      for (const heading of headings) {
          const level = Number(heading.tagName[1]);
          if (level > before + 1) faults.push(`level ${before} is followed by ${level}: ${at(heading)}`);
          before = level;
      }
      return faults;
  },

  LANDMARKS: () => {
      const faults = [];
      if (!/^en/.test(document.documentElement.lang)) faults.push("the page does not say its language");
      const outside = e => !e.closest("main, article, aside, section, nav") && seen(e);
      const counts = {
          main: all("main, [role=main]").filter(seen).length,
          banner: all("header, [role=banner]").filter(outside).length,
          contentinfo: all("footer, [role=contentinfo]").filter(outside).length,
      };
      for (const [what, count] of Object.entries(counts)) if (count !== 1) faults.push(`${count} of ${what}`);
      const navs = all("nav, [role=navigation]").filter(seen);
      const names = navs.map(name).map((said, n) => navs[n].getAttribute("aria-label") || navs[n].getAttribute("aria-labelledby") ? said : "");
      names.forEach((said, n) => {
          if (!said) faults.push(`a navigation has no name: ${at(navs[n])}`);
          if (names.indexOf(said) < n) faults.push(`two navigations are called “${said}”`);
      });
      for (const skip of all(".md-skip, a[href='#top']").slice(0, 1))
          if (!document.querySelector(skip.getAttribute("href"))) faults.push("the link past the menu leads nowhere");
      return faults;
  },

  // Links of one name that lead to different places, on one page. A number is named by itself: its row, its column and its
  // sentence say what it counts, as in a printed table. A list of contents says by its own name that it stays on the page,
  // and the menu that it is the menu.
  LINKS: () => {
      const faults = [];
      const links = all("a[href]").filter(seen).filter(a => !a.closest(".mc-hits"));
      const led = new Map();
      for (const link of links) {
          const said = name(link);
          if (!said) { faults.push(`a link has no name: ${link.getAttribute("href")}`); continue; }
          if (/^(click )?(here|more|link|read more|this)$/i.test(said)) faults.push(`“${said}” says nothing: ${link.getAttribute("href")}`);
          if (link.closest("nav, .mc-shortforms")) continue; // told by the name of their list
      if (link.matches(".mc-number, .mc-worked, .mc-claim, .mc-entry")) continue;
          const here = link.pathname === location.pathname && link.hash;
          const counted = /^[\d£]/.test(said) && link.closest("tr:has(th), li, p, dd");
          if (here || counted || !link.closest("main article")) continue;
          if (!led.has(said)) led.set(said, new Set());
          led.get(said).add(link.href);
      }
      for (const [said, places] of led)
          if (places.size > 1) faults.push(`“${said}” leads to ${places.size} places: ${[...places].slice(0, 3).map(p => new URL(p).pathname + new URL(p).hash).join(" ")}`);
      return faults;
  },

  PICTURES: () => {
      const silent = e => e.closest("[aria-hidden=true]") || (e.closest("button, label") && name(e.closest("button, label")));
      const drawings = all("svg").filter(seen).filter(svg => !silent(svg) && !svg.parentElement.closest("svg"));
      const faults = drawings.filter(svg => {
          const carrier = svg.closest("[role=img]");
          return !carrier || !(carrier.getAttribute("aria-label") || carrier.getAttribute("aria-labelledby"));
      }).map(svg => `a drawing has neither a name nor is it hidden: ${at(svg)} in ${at(svg.parentElement)}`);
      return faults.concat(all("img:not([alt])").map(img => `a picture without words: ${img.src}`));
  },

  TABLES: () => {
      const faults = [];
      for (const table of all("table")) {
          const caption = table.querySelector("caption");
          if (!clean(caption ? words(caption) : table.getAttribute("aria-labelledby") && name(table))) faults.push(`a table without a caption: ${at(table)}`);
          for (const head of all("th", table)) {
              if (!clean(words(head))) faults.push(`an empty head of a column in “${clean(caption && caption.textContent)}”`);
              if (!["col", "row", "colgroup", "rowgroup"].includes(head.getAttribute("scope"))) faults.push(`a head without scope: ${at(head)}`);
          }
          if (!table.querySelector("th")) faults.push(`a table without heads: ${at(table)}`);
      }
      return faults;
  },

  FORMS: () => {
      return all("input:not([type=hidden]), select, textarea, button").filter(seen).filter(e => !name(e))
          .map(e => `a field without a name: ${e.outerHTML.slice(0, 90)}`);
  },

  // WCAG 2.5.8: at least 24 by 24, or a circle of 24 around its middle that no other target and no other such circle
  // touches; a link in the run of a sentence is free of it.
  TARGET_SIZE: () => {
      const boxes = all(TARGETS).filter(seen).filter(e => !e.closest(".mc-hits")).map(e => {
          const shown = e.matches(".md-option") ? document.querySelector(`label[for="${e.id}"]`) || e : e;
          // What is inside a link belongs to it: a mark, a picture.
          const parts = [shown, ...all("*", shown)].flatMap(p => [...p.getClientRects()]).filter(r => r.width > 1);
          const box = parts.reduce((sum, r) => ({left: Math.min(sum.left, r.left), top: Math.min(sum.top, r.top),
              right: Math.max(sum.right, r.right), bottom: Math.max(sum.bottom, r.bottom)}),
              {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity});
          return {e, ...box, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2,
              small: box.right - box.left < 23.9 || box.bottom - box.top < 23.9};
      }).filter(box => box.right - box.left > 1 && box.bottom > 0);
      const inSentence = e => {
          if (getComputedStyle(e).display !== "inline") return false;
          let block = e.parentElement;
          while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
          const copy = block.cloneNode(true);
          copy.querySelectorAll("a, button, .mc-hidden").forEach(link => link.remove());
          return /[\p{L}\p{N}]/u.test(copy.textContent);
      };
      const gap = (box, other) => Math.hypot(Math.max(other.left - box.x, 0, box.x - other.right), Math.max(other.top - box.y, 0, box.y - other.bottom));
      const crowded = (box, other) => other.e !== box.e && !other.e.contains(box.e) && !box.e.contains(other.e)
          && (gap(box, other) < 11.9 || (other.small && Math.hypot(box.x - other.x, box.y - other.y) < 23.9));
      return boxes.filter(box => box.small && !inSentence(box.e)).flatMap(box => {
          const other = boxes.find(near => crowded(box, near));
          const size = `${Math.round(box.right - box.left)} by ${Math.round(box.bottom - box.top)}`;
          return other ? [`${size}: ${at(box.e)} beside ${at(other.e)}`] : [];
      });
  },

  // What is read in the order of the text is met in that order by eye: nothing is moved about by the styles.
  ORDER: () => {
      const moved = all("article *").filter(seen).filter(e => {
          const style = getComputedStyle(e);
          return (style.order !== "0" && !e.closest("svg")) || /flex/.test(style.display) && /reverse/.test(style.flexDirection);
      });
      return [...all("[tabindex]").filter(e => e.tabIndex > 0).map(e => `tabindex ${e.tabIndex}: ${at(e)}`),
          ...moved.map(e => `moved: ${at(e)}`)];
  },

  STILL: () => {
      const faults = [];
      if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") faults.push("the page scrolls smoothly");
      const long = list => list.split(",").some(t => parseFloat(t) * (/ms/.test(t) ? 1 : 1000) > 1);
      const kinds = new Set();
      for (const e of all("body, body *")) {
          const style = getComputedStyle(e);
          const moves = long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration));
          const kind = `${e.tagName}.${e.getAttribute("class") || ""}`;
          if (moves && !kinds.has(kind)) { kinds.add(kind); faults.push(`moves: ${at(e)}`); }
      }
      return faults;
  },

  // Sideways: the page, not a table in its own box. Clipped: text that its own box cuts off, and no bar to reach it.
  FITS: () => {
      const root = document.scrollingElement;
      const faults = root.scrollWidth > innerWidth ? [`${root.scrollWidth} px wide in ${innerWidth}`] : [];
      if (faults.length) {
          const clipping = e => { for (let box = e.parentElement; box && box !== document.body; box = box.parentElement) if (getComputedStyle(box).overflowX !== "visible") return true; return false; };
          const wide = all("body *").filter(seen).filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !clipping(e));
          faults.push(...wide.filter(e => !wide.some(inner => inner !== e && e.contains(inner))).slice(0, 3).map(e => `as wide: ${at(e)}`));
      }
      const cut = all("body *").filter(e => {
          if (e.closest("svg, .mc-hidden, [aria-hidden=true], .md-search") || !clean(e.textContent) || !seen(e)) return false;
          const style = getComputedStyle(e);
          if (style.clipPath !== "none") return false; // for the ear
          const hides = value => value === "hidden" || value === "clip";
          return (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
              || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 1);
      });
      return faults.concat(cut.map(e => `cut off: ${at(e)}`));
  },

  // How much of the screen stays covered while a reader scrolls.
  COVERED: () => {
      scrollTo(0, document.scrollingElement.scrollHeight / 2);
      const stuck = all("body *").filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position)).filter(e => {
          const box = e.getBoundingClientRect();
          const [x, y] = [innerWidth / 2, box.top + box.height / 2];
          const there = document.elementFromPoint(x, y);
          return seen(e) && box.bottom > 0 && box.top < innerHeight && box.width > innerWidth / 2 && there && e.contains(there);
      });
      const high = Math.max(0, ...stuck.map(e => e.getBoundingClientRect().height));
      scrollTo(0, 0);
      return high > innerHeight / 5 ? [`${Math.round(high)} of ${innerHeight} px stay covered by ${at(stuck[0])}`] : [];
  },

  // Find in page opens a <details>; nothing opens what is hidden otherwise, and text that cannot be marked cannot be copied.
  FOUND: () => {
      // What describes something else is read there, and is no text of the page.
      const told = e => e.id && document.querySelector(`[aria-describedby~="${e.id}"], [aria-labelledby~="${e.id}"]`);
      const folded = all("[hidden]:not([hidden=until-found])").filter(e => clean(e.textContent).length > 30 && e.closest("article") && !told(e));
      const stiff = all("article *").filter(e => getComputedStyle(e).userSelect === "none" && clean(e.textContent) && !e.closest("summary, button, label, svg"));
      return [...folded.map(e => `cannot be found: ${at(e)}`), ...stiff.slice(0, 5).map(e => `cannot be copied: ${at(e)}`)];
  },
};
