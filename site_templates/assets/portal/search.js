// The search. Fetched when a reader opens it: this file, then the list of words; and for each question the shelves of
// its words and of what was found. What counts as a word is decided as in portal/searching/words.py.
(() => {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const shelves = new Map(); // file -> promise of what it holds
  const YOUNG = "young-people/"; // the section whose own pages come first where a reader is in it
  const isYoung = location.href.startsWith(new URL(YOUNG, root).href);
  const SHOWN = 10, WEIGHED = 14; // records shown; those whose titles are read before that is settled
  const NAMES = {
    measure: "Measure", dataset: "Charts and figures", topic: "Topic", young: "For young people", help: "Someone to talk to", word: "Word explained",
    source: "Source", promise: "Promise", event: "What happened", entry: "From a list", rows: "Every number",
    page: "About the site", part: "About the site",
  };

  const fetchShelf = name => {
    if (!shelves.has(name)) {
      shelves.set(name, fetch(new URL(`search/${name}.json`, root)).then(answer => {
        if (!answer.ok) throw new Error(name);
        return answer.json();
      }).catch(error => { shelves.delete(name); throw error; }));
    }
    return shelves.get(name);
  };

  // --- words -------------------------------------------------------------------------------------------------------

  const PRINTED = /(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?:\s*(?:thousand|million|billion)\b)?/g; // looked for as a number and not as words
  const split = text => text.toLowerCase().replace(PRINTED, " ").replace(/['’]s(?![a-z0-9])/g, "").normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "")
    .match(/[a-z0-9]+/g) ?? [];
  const NUMBER = /\d[\d,]*(?:\.\d+)?/;
  // "£5.8m" -> 5.8, "1,248" -> 1248
  const bare = text => {
    const [whole, part = ""] = text.match(NUMBER)[0].replaceAll(",", "").split(".");
    const tail = part.replace(/0+$/, "");
    return (whole.replace(/^0+/, "") || "0") + (tail && `.${tail}`);
  };

  // Words of one family: adopt, adopts, adopted, adopting, adoption.
  const ENDINGS = [["ies", "i"], ["sses", "ss"], ["ations", ""], ["ation", ""], ["ions", ""], ["ion", ""], ["ments", ""], ["ment", ""],
    ["ings", ""], ["ing", ""], ["ers", ""], ["er", ""], ["ed", ""], ["es", ""], ["s", ""], ["e", ""], ["y", "i"]];
  const stems = new Map();
  const stem = word => {
    if (!stems.has(word)) {
      let cut = word;
      for (const [end, put] of word.endsWith("ss") ? [] : ENDINGS) {
        if (cut.endsWith(end) && cut.length - end.length >= (end.startsWith("er") ? 4 : 3)) { cut = cut.slice(0, -end.length) + put; break; }
      }
      cut = cut.replace(/([b-df-hj-np-rtv-z])\1$/, "$1").replace(/e$/, cut.length > 4 ? "" : "$&");
      stems.set(word, cut);
    }
    return stems.get(word);
  };

  // How many slips of the finger or the ear lie between two words: a letter put, lost, changed, or two that changed places.
  function slips(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let older = [], old = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1];
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
      older = old;
      old = row;
    }
    return old[b.length];
  }

  // The words of the list that a typed word may be, each with how sure that is.
  function likely(word, list, unfinished) {
    const found = new Map();
    const put = (other, sure) => { if ((found.get(other) ?? 0) < sure) found.set(other, sure); };
    const own = stem(word);
    for (const other of list) {
      if (other === word) put(other, 1);
      else if (!/\d/.test(word) && stem(other) === own) put(other, 0.8);
      else if (unfinished && word.length > 1 && other.startsWith(word)) put(other, word.length > 3 ? 0.75 : 0.5);
    }
    if (![...found.values()].some(sure => sure >= 0.8) && word.length > 3 && !/\d/.test(word)) {
      const most = word.length > 7 ? 2 : 1;
      const near = [];
      for (const other of list) {
        if (other.length < 4 || /\d/.test(other)) continue;
        const count = Math.min(slips(word, other, most), slips(own, stem(other), most) + (own.length > 3 ? 0.2 : 9));
        if (count <= most) near.push([count + (other[0] === word[0] ? 0 : 0.5), other]);
      }
      near.sort((a, b) => a[0] - b[0]);
      for (const [n, [count, other]] of near.slice(0, 8).entries()) put(other, (n ? 0.7 : 0.9) - 0.2 * count);
    }
    return [...found].sort((a, b) => b[1] - a[1]).slice(0, 12);
  }

  // A word that is in no list, as the word of a list that it is nearest to; any other as it was typed.
  function mend(word, known) {
    if (word.length < 4 || /\d/.test(word) || known.stems.has(stem(word))) return word;
    const [near] = likely(word, known.every, false).filter(([other]) => other !== word);
    return near ? near[0] : word;
  }

  // --- a question --------------------------------------------------------------------------------------------------

  // Each part of a question may be said in several ways: as it was typed, and as the table of meanings says it.
  function read(text, known) {
    const typed = split(text);
    const stemmed = typed.map(word => stem(mend(word, known)));
    const stop = new Set(known.stop);
    const parts = [];
    for (let at = 0; at < typed.length;) {
      const meant = known.phrases.find(({ key }) => key.every((word, n) => stemmed[at + n] === word));
      const length = meant ? meant.key.length : 1;
      const own = typed.slice(at, at + length).filter(word => !stop.has(word));
      const ways = [{ words: own, sure: 1, last: at + length === typed.length }];
      for (const way of meant ? meant.ways : []) ways.push({ words: way, sure: 0.95 });
      if (own.length || meant) parts.push(ways.filter(way => way.words.length));
      at += length;
    }
    if (!parts.length) return typed.map(word => [{ words: [word], sure: 1, last: true }]);
    return parts;
  }

  async function findRecords(text, known, unfinished) {
    const parts = read(text, known);
    const total = new Map();
    for (const ways of parts) {
      const best = new Map();
      for (const way of ways) {
        const sums = new Map();
        for (const [n, word] of way.words.entries()) {
          const options = likely(word, known.words, unfinished && way.last && n === way.words.length - 1);
          const heaviest = new Map();
          for (const [other, sure] of options) {
            const hits = (await fetchShelf(`w${shelfOf(known.shelves, other)}`))[other] ?? [];
            for (let i = 0; i < hits.length; i += 2) {
              const weight = hits[i + 1] * sure;
              if ((heaviest.get(hits[i]) ?? 0) < weight) heaviest.set(hits[i], weight);
            }
          }
          for (const [record, weight] of heaviest) {
            const [sum, count] = sums.get(record) ?? [0, 0];
            sums.set(record, [sum + weight, count + 1]);
          }
        }
        for (const [record, [sum, count]] of sums) {
          const value = way.sure * sum * (count / way.words.length) ** 1.5;
          if ((best.get(record) ?? 0) < value) best.set(record, value);
        }
      }
      for (const [record, value] of best) {
        const [sum, count] = total.get(record) ?? [0, 0];
        total.set(record, [sum + value, count + 1]);
      }
    }
    const [first, count] = known.young;
    const likeliest = [...total].map(([record, [sum, held]]) => {
      const own = isYoung && record >= first && record < first + count;
      const told = record === known.help ? 1 : held / parts.length; // one word that asks for help is enough
      return [record, sum * told ** 1.5 * (own ? 8 : 1)];
    }).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, WEIGHED);
    const held = await Promise.all(likeliest.map(([record]) => fetchShelf(`d${Math.floor(record / known.shelf)}`)));
    const asked = parts.map(ways => ways.map(way => way.words.map(word => stem(mend(word, known)))));
    const places = placesIn(asked, known);
    const records = likeliest.map(([record, score], n) => {
      const [url, title, kind, about = "", ...first] = held[n][record % known.shelf];
      const { figure, when, row, unit } = figureOf(kind, first, places, known);
      const share = alike(title, asked, known) * (kind === "word" ? 0.3 : 1); // the figures before what their word means
      const whole = share === 1 && figure ? 1.5 : 1; // where both say what was asked, the number before the page
      return { url, title, kind, about, figure, unit, when, row, score: score * (1 + share) * whole };
    });
    return records.sort((a, b) => b.score - a.score).slice(0, SHOWN);
  }

  // The places that are named in a question: all the words of a name, and not the shorter where a longer holds it.
  function placesIn(asked, known) {
    const heard = new Set(asked.flat(2));
    const named = known.named.map((words, place) => ({ words, place })).filter(({ words }) => words.length && words.every(word => heard.has(word)));
    return named.filter(({ words }) => !named.some(other => other.words.length > words.length && words.every(word => other.words.includes(word))))
      .map(({ place }) => place);
  }

  // A figure of the place that was asked for; that of another place is no answer.
  function figureOf(kind, [figure = "", when = "", row = "", unit = "", elsewhere = []], places, known) {
    const own = { figure, when, row, unit };
    if (!figure || !places.length || places.some(place => `, ${when}`.endsWith(`, ${known.places[place]}`))) return own;
    const there = elsewhere.find(([place]) => places.includes(place));
    if (there) return { figure: there[1], when: [there[2], known.places[there[0]]].filter(Boolean).join(", "), row: there[3], unit: there[4] };
    return { figure: "", when: kind === "measure" ? `No figure for ${known.places[places[0]]}` : "", row: "", unit: "" };
  }

  // How nearly a title says what was asked, and no more than that: 0 to 1.
  function alike(title, asked, known) {
    const said = [...new Set(split(title).filter(word => !known.stop.includes(word)).map(stem))];
    if (!said.length) return 0;
    const heard = new Set(asked.flat(2));
    const told = asked.filter(ways => ways.some(words => words.every(word => said.includes(word)))).length;
    return (said.filter(word => heard.has(word)).length / said.length) * (told / asked.length);
  }

  // Printed numbers: by their digits; the other words of the question say which of them is meant.
  async function findNumbers(text, known) {
    const asked = text.split(/\s+/).filter(word => /^[£(]?\d[\d,]*(\.\d+)?[a-z%)?]*$/i.test(word))
      .filter(word => /[.,£%]/.test(word.slice(0, -1)) || /%$/.test(word) || word.replace(/\D/g, "").length > 2 || text.trim() === word);
    if (!asked.length || !known.numbers.length) return [];
    const others = split(text).filter(word => !/^\d/.test(word) && !known.stop.includes(word)).map(stem);
    const found = [];
    for (const word of asked) {
      for (const key of keysOf(word, text)) {
        if (shelfOf(known.numbers, key) < 0) continue;
        const rows = (await fetchShelf(`n${shelfOf(known.numbers, key)}`))[key] ?? [];
        rows.forEach(([shown, title, when, url, unit], n) => {
          const said = new Set(split(`${title} ${when} ${shown}`).map(stem));
          found.push({ url, title, kind: "number", figure: shown, unit, when, about: "", n, score: others.filter(w => said.has(w)).length });
        });
      }
    }
    const once = [...new Map(found.reverse().map(one => [one.url, one])).values()].reverse();
    return once.sort((a, b) => b.score - a.score || a.n - b.n);
  }

  // "£102.21m" may have been printed as it is, or as 102,210,000.
  const TIMES = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
  function keysOf(word, text) {
    const key = bare(word);
    const after = text.slice(text.indexOf(word)).replace(NUMBER, "").match(/^[£(]?\s*([a-z]+)/i);
    const times = after && TIMES[after[1].toLowerCase()];
    return times ? [key, bare((Number(key) * times).toFixed(0))] : [key];
  }

  function shelfOf(firsts, word) {
    let low = 0, high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  async function fetchKnown() {
    const known = await fetchShelf("words");
    if (!known.phrases) {
      const grouped = new Map();
      for (const [say, means] of known.means) {
        const key = say.split(" ").map(stem);
        const entry = grouped.get(key.join(" ")) ?? { key, ways: [] };
        entry.ways.push(means.split(" "));
        grouped.set(key.join(" "), entry);
      }
      known.every = [...new Set([...known.means.flatMap(([say]) => say.split(" ")), ...known.words])];
      known.named = known.places.map(name => split(name).filter(word => !known.stop.includes(word)).map(stem));
      known.stems = new Set(known.every.map(stem));
      known.phrases = [...grouped.values()].sort((a, b) => b.key.length - a.key.length);
    }
    return known;
  }

  async function find(text, unfinished = false) {
    const known = await fetchKnown();
    const [numbers, records] = await Promise.all([findNumbers(text, known), findRecords(text, known, unfinished)]);
    return { numbers, records };
  }

  // --- the dialog ---------------------------------------------------------------------------------------------------

  const make = (name, classes, text = "") => {
    const element = document.createElement(name);
    element.className = classes;
    element.textContent = text;
    return element;
  };

  // Fills the dialog that portal.js has opened, from now on.
  async function attach(dialog, move) {
    const [field, status, box] = ["input", ".mc-search__status", ".mc-search__found"].map(s => dialog.querySelector(s));
    const links = () => [...box.querySelectorAll("a")];
    let turn = 0, timer = 0;

    function offer(known) {
      status.textContent = "";
      const list = make("ul", "mc-search__offers");
      const examples = known.examples.filter(([, url]) => url.startsWith(YOUNG) === isYoung);
      for (const [question] of examples) {
        const button = make("button", "mc-search__offer", question);
        button.type = "button";
        button.addEventListener("click", () => { field.value = question; answer(false, true); });
        const item = document.createElement("li");
        item.append(button);
        list.append(item);
      }
      fill(false, ...(examples.length ? [make("h2", "mc-search__part", "You could ask"), list] : []));
    }

    function line(one) {
      const item = make("li", "mc-search__item");
      const link = make("a", "mc-search__link");
      link.href = new URL(one.url, root);
      const more = make("span", "mc-search__more");
      link.append(make("span", "mc-search__title", one.title));
      if (one.figure) {
        const value = make("span", "mc-search__value");
        value.append(make("span", "mc-search__figure", one.figure), one.unit ? ` ${one.unit}` : "");
        link.append(" ", value);
      }
      if (one.when) more.append(make("span", "mc-search__when", one.when), " ");
      if (NAMES[one.kind]) more.append(make("span", "mc-search__kind", NAMES[one.kind]));
      link.append(" ", more);
      item.append(link);
      if (one.about) item.append(make("p", "mc-search__about", one.about.replace(/\d+(?: \d+)+/g, number => number.replaceAll(" ", "\u00a0")))); // a telephone number stays on its line
      link.addEventListener("click", event => { // it may lead to a part of this very page
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close("led on");
      });
      return item;
    }

    function part(title, records) {
      const list = make("ol", "mc-search__list");
      list.append(...records.map(line));
      return title ? [make("h2", "mc-search__part", title), list] : [list];
    }

    // A reader who had gone on among what stood there before is not left without a place.
    function fill(move, ...parts) {
      const held = box.contains(document.activeElement);
      box.replaceChildren(...parts);
      if (move || held) (links()[0] ?? field).focus();
    }

    async function answer(unfinished, move) {
      const mine = ++turn;
      const words = field.value.trim();
      try {
        const known = await fetchKnown();
        if (mine !== turn) return;
        if (!words) { offer(known); return; }
        const { numbers, records } = await find(words, unfinished);
        if (mine !== turn) return;
        const some = numbers.slice(0, 5);
        fill(
          move,
          ...(some.length ? part("Printed numbers", some) : []),
          ...(records.length ? part(some.length ? "Pages" : "", records) : []),
        );
        const [seen, heard] = say(words, numbers, some, records);
        status.replaceChildren(seen, make("span", "mc-hidden", heard));
      } catch {
        if (mine !== turn) return;
        fill(false);
        status.textContent = "The search could not be fetched. Press Enter to try again, or look from A to Z.";
      }
    }

    // How many; and for the ear the first, so that a listener knows whether to go on typing.
    function say(words, numbers, some, records) {
      const count = some.length + records.length;
      if (!count) return [`Nothing found for “${words}”. Try other words, or look from A to Z.`, ""];
      const first = some[0] ?? records[0];
      const more = numbers.length > some.length ? ` ${numbers.length} rows hold that number; here are the first ${some.length}.` : "";
      const told = [first.title.replace(/[.?!]$/, ""), [first.figure, first.unit].filter(Boolean).join(" "), first.when].filter(Boolean).join(", ");
      return [`${count} ${count === 1 ? "answer" : "answers"} for “${words}”.${more}`, ` First: ${told}.`];
    }

    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => answer(true, false), 150); });
    field.form.addEventListener("submit", event => { event.preventDefault(); clearTimeout(timer); answer(false, true); });
    dialog.addEventListener("keydown", event => {
      if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      const stops = [field, ...box.querySelectorAll("a, button")];
      const at = stops.indexOf(document.activeElement);
      const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (at < 0 || !next) return;
      event.preventDefault();
      next.focus();
    });
    await answer(false, move);
  }

  window.portalSearch = { attach, find };
})();
