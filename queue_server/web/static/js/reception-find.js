// Finds tickets: the list follows what is typed, Enter and the scanner look one up. What the page looks at is kept in
// three fields that every renewal of the page carries.
import * as arrival from "./reception-arrival.js";
import { NoAnswer, lookUp, note, post, words } from "./reception-ask.js";
import { clean, documentNote, takeDocument, word } from "./reception-issue.js";
import * as turn from "./turn.js";
import { isBooked, isScan, isTicket } from "./wedge.js";

const visit = document.getElementById("asked-visit");
const only = document.getElementById("asked-only");
const field = () => document.getElementById("find");
let timer = null;

export const refresh = () => turn.refresh();

export function show(id) {
  visit.value = id;
  refresh();
}

export function say(text) {
  document.getElementById("notice-text").textContent = text;
  document.getElementById("notice").hidden = !text;
}

function all() {
  only.value = "";
  field().value = "";
  refresh();
}

async function byDocument(number, { fill }) {
  const { ok, data } = await post(field().dataset.url, { document: clean(number) });
  if (!ok) {
    say(words(data));
    return;
  }
  // The newest is the likeliest to be asked for.
  const found = data.visits.sort((one, other) => (one.issued_at < other.issued_at ? 1 : -1));
  if (found.length) {
    only.value = found.map((one) => one.id).join(",");
    field().value = "";
    show(found[0].id);
  } else if (await arrival.open(number, { quiet: true })) {
    field().value = "";
  } else if (fill) {
    takeDocument(number);
    documentNote(word("scanned"));
    document.getElementById("pick").focus();
  } else {
    // None of this name: the list says so.
    only.value = "none";
    field().value = "";
    refresh();
  }
}

async function byTicket(text) {
  const found = await lookUp(text);
  if (found) {
    all();
    show(found.visit);
  } else say(word("unknown").replace("#", isTicket(text) && text.length < 8 ? text.toUpperCase() : "…"));
}

async function honest(work) {
  say("");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    say(note("unanswered"));
  }
}

const byText = (text, way) => (isBooked(text) ? arrival.open(text) : isTicket(text) ? byTicket(text) : byDocument(text, way));

export const scanned = (text) => honest(() => byText(text, { fill: true }));

// The code of an appointment may be letters alone, as a word is.
const isCode = (text) => /^[a-z0-9]{4}[\s-]*[a-z0-9]{4}$/i.test(text);

// Looks up what was typed; words take the first of the list that they have brought.
async function follow(text, mayGoOn) {
  if (/^[a-z][\s-]*\d{1,4}$/i.test(text)) await honest(() => byTicket(text));
  else if (isScan(clean(text)) || isScan(text)) await honest(() => byText(text, { fill: false }));
  else if (isCode(text) && /\d/.test(text)) await honest(() => byDocument(text, { fill: false }));
  else if (!(await turn.arrived())) sayNotCome();
  else if (mayGoOn()) {
    const row = document.querySelector("#found-rows button");
    if (row) row.click();
    else if (isCode(text)) await honest(() => byDocument(text, { fill: false }));
  }
}

function onEnter() {
  const text = field().value.trim();
  if (text) turn.take((mayGoOn) => follow(text, mayGoOn));
}

export const sayNotCome = () => say(word("not-come"));

export function draw() {
  document.getElementById("show-all").hidden = only.value === "" && field().value === "";
}

export function start() {
  // What the page looks at, as the fields have it and as a request carried it.
  turn.start({
    what: () => JSON.stringify([visit.value, only.value, field().value]),
    by: ({ body }) => JSON.stringify([body.get("visit"), body.get("only"), body.get("typed")]),
    gaveUp: sayNotCome,
  });
  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    only.value = "";
    clearTimeout(timer);
    timer = setTimeout(refresh, 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== field()) return;
    if (event.key === "Enter") onEnter();
    else if (event.key === "Escape") all();
    else if (event.key === "ArrowDown") document.querySelector("#found-rows button")?.focus();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-show]");
    if (row) show(row.dataset.show);
    if (event.target.closest("#show-all")) all();
  });
  draw();
}
