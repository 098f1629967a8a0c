// What people bring, ticked item by item. While the ring is on the list the keys that stand above it belong to the list;
// everywhere else they mean what they mean on the page.
import * as acts from "./acts.js";
import { areOn } from "./keys.js";

const KEYS = { Enter: "seen", NumpadEnter: "seen", KeyD: "differs", KeyX: "missing", KeyB: "will-bring" };
const ARROWS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
// How soon it is asked again whether what is on its way has its answer.
const PAUSE_MS = 20;

let chosen = ""; // id of the item that the ring was on last
let refused = null; // what was not done because something is missing: { url, body, step }
let turn = Promise.resolve(); // ticks are sent one after the other

const list = () => document.getElementById("papers");
const cells = () => [...(list()?.querySelectorAll("[data-paper]") ?? [])];
const current = () => cells().find((one) => one.id === chosen);

// The letter on the key where it is a Latin one, else its place on the keyboard.
const codeOf = (event) => (/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code);

function choose(cell) {
  chosen = cell?.id ?? "";
  draw();
}

export function draw() {
  const cell = current();
  if (!cell) chosen = "";
  for (const one of cells()) one.toggleAttribute("data-chosen", one === cell);
  const off = (button, is) => button.setAttribute("aria-disabled", String(is));
  for (const button of list()?.querySelectorAll("[data-check]") ?? []) off(button, !cell);
  const back = list()?.querySelector("[data-uncheck]");
  if (back) off(back, !cell || cell.dataset.seq === "0");
}

// The next item that nobody has looked at; else the next one.
function goOn(cell) {
  const all = cells();
  const at = all.indexOf(cell);
  const rest = [...all.slice(at + 1), ...all.slice(0, at)];
  (rest.find((one) => !one.dataset.status) ?? all[at + 1] ?? cell).focus();
}

function post(path, body, slot) {
  const url = `${list().dataset.url}${path}`;
  turn = turn.then(async () => {
    while (acts.isBusy()) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    await acts.send(url, JSON.stringify(body), `form:checklist:${slot}`);
  });
}

function check(cell, status) {
  post("", { ...JSON.parse(cell.dataset.paper), status }, `${cell.id}:${status}:${cell.dataset.seq}`);
  goOn(cell);
}

function uncheck(cell) {
  const seq = Number(cell.dataset.seq);
  if (seq) post("/revert", { seq }, `revert:${cell.id}:${seq}`);
}

// Over the table as it is seen: to the next item in that row or column, past what is not needed.
function move(cell, [down, over]) {
  const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
  const rows = [...list().querySelectorAll("tbody tr")];
  let row = rows.indexOf(cell.closest("tr"));
  let column = cell.closest("td").cellIndex;
  for (;;) {
    row += down;
    column += over * rtl;
    const there = rows[row]?.cells[column];
    if (!there) return;
    const next = there.querySelector("[data-paper]");
    if (next) {
      next.focus();
      return;
    }
  }
}

function onKeydown(event) {
  const cell = event.target.closest?.("[data-paper]");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
  const code = codeOf(event);
  const letter = code.startsWith("Key");
  if (letter && !areOn()) return;
  if (ARROWS[code]) move(cell, ARROWS[code]);
  else if (KEYS[code]) {
    if (!event.repeat) check(cell, KEYS[code]);
  } else if (code === "KeyU") uncheck(cell);
  else if (code === "KeyL") list().querySelector("[data-print-missing]")?.click();
  else if (code === "Escape") {
    cell.blur();
    choose(null);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function onClick(event) {
  const button = event.target.closest("[data-papers-enter], [data-check], [data-uncheck], [data-accept-missing], [data-paper]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  if (button.matches("[data-papers-enter]")) (cells().find((one) => !one.dataset.status) ?? cells()[0])?.focus();
  else if (button.matches("[data-check]")) check(current(), button.dataset.check);
  else if (button.matches("[data-uncheck]")) {
    const cell = current();
    uncheck(cell);
    cell.focus();
  } else if (button.matches("[data-accept-missing]")) acceptMissing(button);
}

// What was refused because something is missing is done once staff have said that it shall be.
async function acceptMissing(button) {
  if (!refused || acts.isOff(button)) return;
  const { url, body, step } = refused;
  const missing = JSON.parse(button.dataset.missing);
  const slot = `form:accept:${step}:${button.dataset.missing}`;
  const dialog = button.closest("dialog");
  if (!(await acts.send(button.dataset.url, JSON.stringify({ step, missing }), slot))) return;
  refused = null;
  if (await acts.send(url, body, `form:${url}:${body}`)) dialog.close();
}

export function start() {
  document.addEventListener("keydown", onKeydown, true);
  document.addEventListener("click", onClick);
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest?.("[data-paper]");
    if (cell) choose(cell);
  });
  document.addEventListener("act:refused", ({ detail }) => {
    if (detail.code !== "checklist-incomplete") return;
    refused = { url: detail.url, body: detail.body, step: detail.placeholders.step };
    document.getElementById("papers-missing-open")?.click();
  });
  draw();
}
