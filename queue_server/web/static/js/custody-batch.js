// Several documents at once: those that are marked, or those of the cases that are marked, have a verb done to them, one
// after the other, each by its own request. What a verb would do nothing to is counted, and left out.
import * as acts from "./acts.js";
import * as live from "./live.js";

const marked = new Set(); // ids of rows
let tell;

const boxes = () => Array.from(document.querySelectorAll("[data-mark]"));
const row = (box) => box.closest("[data-item]");
const chosen = () => boxes().map(row).filter((one) => marked.has(one.dataset.item));

// The documents of a row: itself, or those of its case.
function entries({ dataset }) {
  const found = dataset.entries ? JSON.parse(dataset.entries) : [{ id: dataset.item, label: dataset.label, can: dataset.can }];
  return found.map((one) => ({ ...one, row: dataset.item }));
}

const every = () => chosen().flatMap(entries);
const able = (verb) => every().filter((one) => one.can.split(" ").includes(verb));

const VERBS = { "batch-bag": "bag", "batch-ready": "ready", "batch-take": "take", "batch-call-back": "call-back", "batch-miss": "miss" };

// Marks and keys as they are now.
export function draw() {
  const keys = document.getElementById("batch-keys");
  if (!keys) {
    marked.clear();
    return;
  }
  const shown = new Set(boxes().map((box) => row(box).dataset.item));
  for (const ident of marked) if (!shown.has(ident)) marked.delete(ident);
  for (const box of boxes()) box.checked = marked.has(row(box).dataset.item);
  const all = every().length;
  for (const [act, verb] of Object.entries(VERBS)) {
    const key = document.getElementById(`act-${act}`);
    const can = able(verb).length;
    const words = marked.size === 0 ? keys.dataset.none : can === all ? keys.dataset.all : keys.dataset.some;
    key.querySelector(".act-note").textContent = words.replace("#can", can).replace("#all", all);
    if (can) key.removeAttribute("aria-disabled");
    else key.setAttribute("aria-disabled", "true");
  }
}

// Does it to each; what is refused stops nothing, and the last refusal is read.
async function each(verb, send) {
  const wanted = able(verb);
  let done = 0;
  let refused = "";
  for (const one of wanted) {
    while (acts.isBusy()) await new Promise((resolve) => setTimeout(resolve, 20));
    if (await send(one.id)) done += 1;
    else refused = `${one.label}: ${acts.reason()}`;
  }
  marked.clear();
  const words = document.getElementById("batch-keys")?.dataset.done.replace("#done", done).replace("#all", wanted.length) ?? "";
  tell(refused ? `${words} ${refused}` : words, refused ? "bad" : "good");
  live.refresh();
}

const base = () => document.querySelector("[data-batch]").dataset.batch;

function verb(name, body) {
  const path = base();
  return each(name, (item) => acts.send(`${path}/custody/items/${item}/${name}`, body, `form:batch:${name}:${item}:${body}`));
}

export function start({ say }) {
  tell = say;
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-mark]")) return;
    const { item } = row(event.target).dataset;
    if (event.target.checked) marked.add(item);
    else marked.delete(item);
    draw();
  });
  document.addEventListener("click", (event) => {
    const key = event.target.closest("#batch-keys .act");
    if (!key || acts.isOff(key) || event.detail > 1) return;
    if (key.id === "act-mark-all") {
      const all = boxes().every((box) => marked.has(row(box).dataset.item));
      for (const box of boxes()) {
        if (all) marked.delete(row(box).dataset.item);
        else marked.add(row(box).dataset.item);
      }
      draw();
    } else if (!key.dataset.dialog) verb(VERBS[key.id.slice(4)], "{}");
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-batch-form]");
    if (!form) return;
    event.preventDefault();
    const values = new FormData(form);
    form.closest("dialog").close();
    if (form.dataset.batchForm === "bag") {
      const path = `${base()}/custody/bags/${values.get("bag")}/add`;
      each("bag", (item) => acts.send(path, JSON.stringify({ item }), `form:batch:${path}:${item}`));
    } else verb(form.dataset.batchForm, JSON.stringify({ reason: values.get("reason") }));
  });
}
