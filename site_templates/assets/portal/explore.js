// A chart as an interactive view, when a reader asks for it: values at each point, series on and off.
import { View, expressionInterpreter, parse } from "../vega/vega.js";

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = { circle: "M6 1a5 5 0 1 0 .01 0z", diamond: "M6 0 12 6 6 12 0 6z", square: "M1.5 1.5h9v9h-9z", triangle: "M6 1 12 11H0z", tick: "M5 0h2v12H5z" };
const LIFT = 28, LANE = 84, LINE = 18; // as the specification has them: portal/charts/viewspec.py
const TONES = { "series-2": "series-2-text", "series-4": "ink", ref: "ink-2" }; // some colours are too light for words
const views = new WeakMap(); // figure -> the open view

export function toggle(from) {
  const open = views.get(from.figure);
  return open ? open.close() : show(from);
}

function swatch(one) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  for (const [name, value] of [["viewBox", "-1 -1 14 14"], ["width", 16], ["height", 16], ["aria-hidden", true], ["class", "mc-view__mark"]]) svg.setAttribute(name, value);
  const ink = `var(--mc-${one.style})`;
  for (const [name, value] of [["d", SHAPES[one.mark]], ["stroke", ink], ["stroke-width", 2], ["fill", one.hollow ? "var(--mc-page)" : ink]]) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}

async function show({ figure, plot, title, button, load, travel, make, say, hrefOf, open }) {
  const data = await load();
  if (views.has(figure)) return; // pressed twice
  // Many lines at once are a tangle: of more than five, the first two are shown and the others stand ready.
  const off = new Set(data.series.length > 5 && data.points[0].x !== undefined ? [...data.series.keys()].slice(2) : []);
  const shown = point => !off.has(point.series);
  const points = data.points.filter(point => point.y !== undefined);

  const box = make("div", { className: "mc-view" });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `Explore: ${title}`);
  const canvas = make("div", { className: "mc-view__canvas" });
  canvas.setAttribute("aria-hidden", "true");
  const stage = make("div", { className: "mc-view__stage" }, canvas);
  const card = make("div", { className: "mc-view__card" });
  const close = make("button", { type: "button", className: "mc-view__close" }, "Close the interactive view");
  const status = make("p", { className: "mc-hidden" });
  status.setAttribute("role", "status");

  // --- the drawing
  const spec = structuredClone(data.spec);
  spec.data[0].values = points;
  const view = new View(parse(spec, {}, { ast: true }), { expr: expressionInterpreter, renderer: "svg", container: canvas, hover: false, logLevel: 0 });
  view.tooltip(() => {});
  const overTime = points.some(point => point.x !== undefined);
  const place = point => {
    const [left, top] = view.origin();
    const y = view.scale("y");
    return [left + view.scale("x")(overTime ? point.x : (point.y + (point.high ?? point.y)) / 2),
      top + (overTime ? y(point.y) : y(point.course) + y.bandwidth() - LIFT + (point.hangs ? 14 : 0))];
  };

  // Names at the ends of the lines, moved apart where they would touch.
  function nameEnds() {
    const ends = data.series.map((one, n) => ({ one, last: points.filter(point => point.series === n && shown(point)).at(-1) }))
      .filter(end => end.last && end.one.name).sort((a, b) => b.last.y - a.last.y);
    const y = view.scale("y");
    let edge = -Infinity;
    return ends.map(({ one, last }) => {
      edge = Math.max(y(last.y), edge + 17);
      return { x: last.x, y: last.y, dy: edge - y(last.y), name: one.name, ink: `var(--mc-${TONES[one.style] || one.style})` };
    });
  }

  const pen = make("canvas", {}).getContext("2d");
  const wide = text => { pen.font = "bold 14px Liberation Sans, Arial, Helvetica, sans-serif"; return pen.measureText(text).width; };
  const wrap = (text, room) => text.split(" ").reduce((lines, word) => {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    return lines.length && wide(longer) <= room ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, []);

  // Room at the right for names, and over a lane for as many lines as its name takes.
  async function draw() {
    const width = Math.min(704, Math.max(272, stage.clientWidth));
    // On a phone a long name would leave no room for the lines: there the boxes above name them, by shape.
    const room = overTime && data.series.length > 1 ? Math.ceil(Math.max(...data.series.map((one, n) => off.has(n) ? 0 : wide(one.name)))) + 16 : 0;
    const named = room > 0 && room < width / 3;
    view.padding({ left: 4, top: 4, bottom: 4, right: named ? room : overTime ? 20 : 4 });
    if (!overTime) {
      const lines = data.courses.map(name => wrap(name, width - 8));
      view.height((LANE + LINE * (Math.max(1, ...lines.map(one => one.length)) - 1)) * lines.length + 30);
      view.data("lanes", lines.map((name, n) => ({ n, name })));
    }
    await view.width(width).signal("off", [...off]).data("ends", []).runAsync();
    if (named) await view.data("ends", nameEnds()).runAsync();
  }

  // --- what a point says
  let kept = 0; // nothing was told yet
  function tell(point) {
    if (point === kept) return undefined;
    kept = point;
    view.signal("here", point ? point.row : "").runAsync();
    if (!point) return card.replaceChildren(make("p", { className: "mc-view__hint" }, "Point at a mark, touch it, or use the arrow keys, to see its number."));
    const link = make("a", { href: hrefOf(point), className: "mc-entry" }, "Where this number comes from");
    const number = make("strong", { className: "mc-view__number" }, point.value);
    const name = data.courses[point.course];
    const what = [name !== point.name ? name : "", point.name, point.place !== point.name ? point.place : ""].filter(Boolean).join(", ");
    card.replaceChildren(
      make("p", {}, number, point.unit ? ` ${point.unit}` : ""),
      make("p", {}, make("strong", {}, point.when), ` · ${what}`),
      make("p", { className: "mc-view__basis" }, `${point.measure}, ${data.bases[point.basis]}. `, link),
    );
    return undefined;
  }

  function nearest(event) {
    const edges = canvas.getBoundingClientRect(), x = event.clientX - edges.left, y = event.clientY - edges.top;
    let best, least = 28; // a thumb wants 44 across, a little more is kind
    for (const point of points.filter(shown)) {
      const [left, top] = place(point), far = Math.hypot(left - x, top - y);
      if (far < least) [best, least] = [point, far];
    }
    return best;
  }

  tell(null);
  const ways = travel(title, stage, points.length, {
    shown: point => points.includes(point) && shown(point),
    show: point => { if (point) tell(point); },
    open: (point, stop) => { tell(point); open(card.querySelector("a"), stop); },
    leave: shut,
  }, load);
  stage.onpointermove = event => { if (event.pointerType === "mouse") { const point = nearest(event); if (point) tell(point); } };
  stage.onclick = event => { const point = nearest(event); if (point) { tell(point); status.textContent = `${say(point)}.`; } };

  // --- series on and off: one stays on
  const boxes = data.series.map((one, n) => {
    const input = make("input", { type: "checkbox", checked: !off.has(n) });
    input.onchange = () => {
      if (!input.checked && off.size === data.series.length - 1) {
        input.checked = true;
        status.textContent = "One series stays on.";
        return;
      }
      off[input.checked ? "delete" : "add"](n);
      if (kept && !shown(kept)) { tell(null); ways.clear(); }
      draw();
      status.textContent = `${one.name} is ${input.checked ? "shown" : "hidden"}.`;
    };
    return make("label", { className: "mc-view__series" }, input, swatch(one), make("span", {}, one.name));
  });
  const legend = make("legend", {}, "Show in the chart");
  if (boxes.length > 1) box.append(make("fieldset", {}, legend, ...boxes));
  for (const said of ways.said) said.classList.add("mc-hidden"); // the card shows it
  box.append(stage, ...ways.said, card, close, status);

  const seen = new ResizeObserver(() => { if (stage.clientWidth) draw(); });
  function shut() {
    seen.disconnect();
    view.finalize();
    box.remove();
    plot.hidden = false;
    views.delete(figure);
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }
  close.onclick = shut;
  box.addEventListener("keydown", event => {
    if (event.key !== "Escape") { if (event.key.length === 1) event.stopPropagation(); return; }
    event.stopPropagation();
    shut();
  });

  plot.hidden = true;
  plot.after(box);
  views.set(figure, { close: shut });
  button.setAttribute("aria-expanded", "true");
  await draw();
  seen.observe(stage);
  ways.stop.focus();
}
