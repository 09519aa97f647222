// The points of a chart by keyboard: one stop of the Tab key, arrows inside, each point said and shown in words.
(() => {
  "use strict";
  if (location.protocol === "file:") return;
  const held = new Map(); // files of points that were read, for as long as this page stands
  const read = address => {
    if (!held.has(address)) held.set(address, fetch(address).then(answer => answer.ok ? answer.json() : Promise.reject(answer)));
    held.get(address).catch(() => held.delete(address));
    return held.get(address);
  };
  const make = (tag, more, ...inside) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...inside);
    return element;
  };
  const hrefOf = point => `../${point.dataset}/rows/#${point.row}`;
  // Along a line the number is what one listens for, and the next key cuts off the rest. Beside other places, and beside
  // a target, a number without its name would be taken for somebody else's.
  const numberOf = point => `${point.value}${point.unit ? ` ${point.unit}` : ""}`;
  const say = point => point.x === undefined ? `${point.name}: ${numberOf(point)}, ${point.when}` : `${numberOf(point)}, ${point.when}, ${point.name}`;
  const KEYS = "Arrow keys: from point to point. Enter: where the number comes from. Escape: leave.";
  let stops = 0;

  // Words taken away while a button is held down would move it from under the pointer, and the press would be lost.
  let pressed = false;
  for (const kind of ["pointerdown", "pointerup", "pointercancel"]) addEventListener(kind, () => { pressed = kind === "pointerdown"; }, true);
  const whenReleased = act => setTimeout(() => pressed ? whenReleased(act) : act(), pressed ? 40 : 0);

  // `plot` holds the drawing; `marks.show(point)` rings it, `marks.open(point)` opens where it comes from,
  // `marks.leave()` says where the focus goes, `marks.shown(point)` whether it is there at all.
  function travel(title, plot, count, marks, load) {
    const told = make("p", { className: "mc-readout" });
    told.setAttribute("role", "status");
    // What the stop says about itself besides its name: the keys, or the point that one comes back to. It changes only
    // while the focus is elsewhere: a screen reader reads a description that changes, and `told` has said it already.
    const about = make("p", { className: "mc-about-points", id: `mc-about-points-${stops += 1}`, hidden: true }, KEYS);
    const stop = make("div", { className: "mc-travel", tabIndex: 0 });
    stop.setAttribute("role", "application");
    stop.setAttribute("aria-roledescription", "chart to step through");
    stop.setAttribute("aria-label", `Points of the chart: ${title}, ${count} points`);
    stop.setAttribute("aria-describedby", about.id);
    plot.append(stop);
    plot.after(told, about);
    let points = [], courses = [], at = -1;
    const here = () => points[at];
    const along = course => points.filter(point => point.course === course && marks.shown(point));

    function go(point, changed) {
      if (!point) return;
      at = points.indexOf(point);
      about.hidden = true;
      marks.show(point);
      const same = along(point.course);
      const name = courses[point.course];
      const head = changed && name && name !== point.name ? `${name}. ` : "";
      told.textContent = `${head}${say(point)}. Point ${same.indexOf(point) + 1} of ${same.length}.`;
    }

    // The same place in the next course that is shown: the same day, or the same turn.
    function across(step) {
      for (let course = here().course + step; course >= 0 && course < courses.length; course += step) {
        const there = along(course);
        if (!there.length) continue;
        const turn = along(here().course).indexOf(here());
        const near = here().x === undefined ? there[Math.min(turn, there.length - 1)]
          : there.reduce((one, other) => Math.abs(other.x - here().x) < Math.abs(one.x - here().x) ? other : one);
        return near;
      }
      return here();
    }

    function move(key) {
      const all = points.filter(marks.shown);
      if (!here() || !marks.shown(here())) return go(key === "ArrowLeft" || key === "End" ? along(all[0]?.course).at(-1) : all[0], true);
      const same = along(here().course), turn = same.indexOf(here());
      if (key === "ArrowRight") return go(same[turn + 1] || here());
      if (key === "ArrowLeft") return go(same[turn - 1] || here());
      if (key === "Home") return go(same[0]);
      if (key === "End") return go(same.at(-1));
      const there = across(key === "ArrowDown" ? 1 : -1);
      return go(there, there.course !== here().course);
    }

    function clear() {
      at = -1;
      marks.show(null);
      told.textContent = "";
    }

    stop.onfocus = () => {
      about.hidden = !!here();
      load().then(data => { ({ points, courses } = data); }).catch(() => { told.textContent = "The points could not be read. They stand in the table."; });
    };
    stop.onblur = () => {
      about.textContent = here() ? `You are at ${say(here())}.` : KEYS;
      whenReleased(() => {
        if (document.activeElement === stop) return;
        about.hidden = true;
        if (document.querySelector("dialog[open]")) return;
        clear();
        about.textContent = KEYS;
      });
    };
    stop.onkeydown = event => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const moves = ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key);
      if (!moves && !["Enter", " ", "Escape"].includes(event.key)) return;
      if (event.key === "Escape" && !here() && !marks.leave) return;
      event.preventDefault();
      event.stopPropagation(); // the theme's letters open its search
      if (moves) load().then(data => { ({ points, courses } = data); move(event.key); }).catch(() => {});
      else if (event.key === "Escape") { clear(); marks.leave(); }
      else if (here()) marks.open(here(), stop);
    };
    return { clear, stop, said: [told, about] };
  }

  // The thread opens at a link; what had the focus gets it back.
  function open(link, back) {
    link.addEventListener("focus", () => back.focus({ preventScroll: true }), { once: true });
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }

  for (const figure of document.querySelectorAll(".mc-chart[data-points]")) {
    const title = figure.querySelector(".mc-chart__title").textContent;
    const plot = figure.querySelector(".mc-chart__drawing");
    const links = [...plot.querySelectorAll(".mc-hits a")];
    const load = () => read(figure.dataset.points);
    const button = figure.querySelector(".mc-explore");
    const linksOf = point => links.filter(link => link.getAttribute("href") === hrefOf(point));
    const count = new Set(links.map(link => link.getAttribute("href"))).size;
    if (count) travel(title, plot, count, {
      shown: point => linksOf(point).length > 0,
      show: point => { for (const link of links) link.classList.toggle("mc-here", !!point && link.getAttribute("href") === hrefOf(point)); },
      open: (point, stop) => open(linksOf(point).find(link => link.getBoundingClientRect().width), stop),
      leave: () => button ? button.focus() : document.activeElement.blur(),
    }, load);
    if (button) {
      button.classList.add("mc-explore--on");
      button.setAttribute("aria-expanded", "false");
      button.onclick = () => import("./explore.js").then(view => view.toggle({ figure, plot, title, button, load, travel, make, say, hrefOf, open }))
        .catch(() => { button.replaceWith(make("span", {}, "The interactive view could not be opened.")); });
    }
  }
})();
