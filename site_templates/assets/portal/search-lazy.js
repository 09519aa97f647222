// Stands before the theme's search worker: the worker and the entries are fetched on the first letter, not on each page.
// Messages of the theme's worker: 0 setup, 1 ready, 2 query, 3 result.
"use strict";
const theirs = "../javascripts/workers/" + self.location.search.slice(1);
let setup = null;
let started = null;
let last = null;

async function start() {
  const answer = await fetch("../../search/entries.json");
  if (!answer.ok) throw new Error(answer.statusText);
  const docs = await answer.json();
  importScripts(theirs); // takes over self.onmessage or adds its own listener
  const message = { type: 0, data: { ...setup.data, docs } };
  self.dispatchEvent(new MessageEvent("message", { data: message }));
}

self.addEventListener("message", event => {
  const message = event.data;
  if (message.type === 0 && !setup) {
    event.stopImmediatePropagation();
    setup = message;
    self.postMessage({ type: 1 });
  } else if (message.type === 2 && (!started || last)) {
    event.stopImmediatePropagation();
    if (!started && !message.data) {
      self.postMessage({ type: 3, data: { items: [] } });
      return;
    }
    last = message;
    started = started || start().then(() => {
      const query = last;
      last = null;
      self.dispatchEvent(new MessageEvent("message", { data: query }));
    }).catch(() => { // no connection: say there is nothing, and try again with the next letter
      started = last = null;
      self.postMessage({ type: 3, data: { items: [] } });
    });
  }
});
