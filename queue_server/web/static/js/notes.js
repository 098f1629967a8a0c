// Notes on the visit at the counter. Reading them is recorded, so they are read once for each visit, and again only
// when one was added; without any, nothing is asked.
import * as clock from "./clock.js";

let shown = "";

function line(note) {
  const item = document.createElement("li");
  const who = document.createElement("span");
  who.className = "second";
  who.append(`${note.by}, `, Object.assign(document.createElement("time"), { textContent: clock.hhmm(note.at), dir: "ltr" }));
  const text = document.createElement("p");
  text.dir = "auto";
  text.textContent = note.text;
  item.append(who, text);
  return item;
}

function tell(list, words) {
  list.replaceChildren(Object.assign(document.createElement("li"), { className: "second", textContent: words }));
}

export async function draw() {
  const of = document.getElementById("notes-of");
  if (!of) {
    shown = "";
    return;
  }
  const list = document.getElementById("written");
  const wanted = `${of.dataset.url} ${of.dataset.count}`;
  if (wanted === shown) return;
  const other = !shown.startsWith(`${of.dataset.url} `);
  shown = wanted;
  if (of.dataset.count === "0") {
    tell(list, list.dataset.none);
    return;
  }
  // Those of the visit before never stand beside this one.
  if (other) tell(list, list.dataset.wait);
  try {
    const answer = await fetch(of.dataset.url);
    const found = answer.ok ? await answer.json() : null;
    if (shown !== wanted) return;
    if (found) {
      list.replaceChildren(...found.notes.map(line));
      return;
    }
    if (answer.status === 403) {
      tell(list, list.dataset.others ?? list.dataset.failed);
      return;
    }
  } catch {
    // Cut on the way.
  }
  // It is tried again when the page is drawn next.
  if (shown !== wanted) return;
  tell(list, list.dataset.failed);
  shown = "";
}
