// The custody desk: one field has the focus, and takes what a scanner types or a hand. What it means is said by the server
// (scan_steps): what to show, or which verb to send. Scans and keys follow each other in the order in which they came.
import * as acts from "./acts.js";
import * as batch from "./custody-batch.js";
import * as contact from "./custody-contact.js";
import * as count from "./custody-count.js";
import * as receive from "./custody-receive.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import { start } from "./staff.js";
import * as turn from "./turn.js";
import { placed } from "./wedge.js";

// The function keys of a page; F1 is the same on all of them.
const ACTS = /^F(?:[2-4]|[6-9]|10)$/;

const page = document.getElementById("page");
const field = () => document.getElementById("scan");
let byPlace = ""; // what was typed, by the places of the keys
let number = 0;

// What would be lost by leaving the page is said, and the page stays.
function stays() {
  const why = count.unfinished();
  if (why) say(why, "bad");
  return why !== "";
}

// Has the page show what is at another address.
function fetchAt(search) {
  page.setAttribute("hx-get", `/custody/page${search}`);
  turn.refresh();
}

// Asks for another view: the address first, then what is drawn.
function ask(search) {
  if (stays()) return;
  history.pushState(null, "", `/custody${search}`);
  fetchAt(search);
}

// What the last scan came to, beside the field; read aloud, and seen from where one stands.
export function say(text, tone) {
  const line = document.querySelector("#scan-said .st");
  line.className = `st ${tone}`;
  const picture = document.querySelector(`#scan-icons [data-tone="${tone}"]`)?.innerHTML ?? "";
  line.innerHTML = picture;
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
}

const sayNotCome = () => say(document.getElementById("scan-form").dataset.notCome, "bad");

const idle = async () => {
  while (acts.isBusy()) await new Promise((resolve) => setTimeout(resolve, 20));
};

async function read(text, place) {
  const asked = new URLSearchParams(location.search);
  asked.set("text", text);
  asked.set("placed", place);
  asked.set("csrf", page.dataset.csrf);
  const form = document.getElementById("scan-form");
  try {
    const answer = await fetch(form.dataset.url, { method: "POST", body: asked });
    if (answer.status === 401) location.reload();
    if (answer.status === 423) document.dispatchEvent(new Event("live:locked"));
    if (answer.ok) return await answer.json();
  } catch {
    // Cut on the way: nothing was changed, and it is scanned again.
  }
  say(form.dataset.failed, "bad");
  return {};
}

function fill(values) {
  for (const [name, value] of Object.entries(values)) {
    const named = document.querySelectorAll(`dialog[open] [name="${CSS.escape(name)}"], #page main [name="${CSS.escape(name)}"]`);
    for (const one of named) {
      if (one.type === "radio") one.checked = one.value === value;
      else one.value = value;
    }
  }
}

// What a bank of lockers was told is followed until its door is shut.
function followOrder({ order, orders }) {
  const found = order ?? orders?.[0];
  if (found?.bank) ask(`?view=lockers&locker=${found.bank}&order=${found.id}`);
}

// Does what a scan means.
async function follow(text, place, mayGoOn) {
  await idle();
  if (!mayGoOn()) return;
  const step = await read(text, place);
  if (!mayGoOn()) return;
  acts.say("");
  if (step.say) say(step.say, step.tone ?? "");
  let done = true;
  if (step.url) {
    number += 1;
    done = await acts.send(step.url, JSON.stringify(step.body ?? {}), `form:scan:${number}`);
    if (done) say(step.done ?? "", "good");
    else say(acts.reason(), "bad");
  }
  if (done && step.url) followOrder(done);
  if (done && step.go) ask(step.go);
  const isThere = await turn.arrived();
  if (!mayGoOn()) return;
  if (!isThere) {
    if (step.dialog || step.fill || step.send || step.seen) sayNotCome();
    return;
  }
  if (step.dialog) document.querySelector(`#page [data-dialog="${CSS.escape(step.dialog)}"]`)?.click();
  if (step.fill) fill(step.fill);
  if (step.send) document.querySelector(`#page form[data-form-of="${CSS.escape(step.send)}"]`)?.requestSubmit();
  document.dispatchEvent(new CustomEvent("scan:done", { detail: step }));
}

// A key that came while others were at work: what was typed behind it is meant for what it does.
async function press(event, mayGoOn) {
  await idle();
  const isThere = await turn.arrived();
  if (!mayGoOn()) return;
  if (!isThere) {
    turn.giveUp();
    sayNotCome();
  } else if (!document.querySelector("dialog[open]")) keys.press(event);
}

function openView(digit) {
  if (document.querySelector("dialog[open]")) return;
  document.querySelector(`[data-view-key="${digit}"]`)?.click();
  field().focus();
}

function onSubmit(event) {
  if (event.target.id !== "scan-form") return;
  event.preventDefault();
  const text = field().value.trim();
  const place = byPlace;
  field().value = byPlace = "";
  if (text) turn.take((mayGoOn) => follow(text, place, mayGoOn));
  else document.dispatchEvent(new Event("scan:empty"));
}

const rows = () => Array.from(document.querySelectorAll("#page main [data-row]"));

function move(step) {
  const all = rows().filter((one) => one.checkVisibility());
  const at = all.indexOf(document.activeElement);
  if (at === 0 && step < 0) field().focus();
  else all[Math.min(all.length - 1, at + step)]?.focus();
}

function onKeydown(event) {
  const dialog = document.querySelector("dialog[open]");
  if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-9]$/.test(event.code) && !dialog) {
    const digit = event.code.slice(-1);
    if (!document.querySelector(`[data-view-key="${digit}"]`)) return;
    event.preventDefault();
    turn.take(() => openView(digit));
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (dialog) {
    // A list of verbs: a digit presses.
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const button = digit && !event.target.matches("input") && dialog.querySelector(`[data-digit="${digit[1]}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (ACTS.test(event.code) && !event.shiftKey && turn.isUnderWay()) {
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) turn.take((mayGoOn) => press(event, mayGoOn));
    return;
  }
  if (event.target === field() && event.key.length === 1) byPlace = field().value ? byPlace + placed(event) : placed(event);
  if (event.target === field() && event.key === "Backspace") byPlace = byPlace.slice(0, -1);
  if (event.target.matches("select, textarea") || (event.target !== field() && event.target.matches("input:not([type=checkbox])"))) return;
  if (event.code === "ArrowDown" || event.code === "ArrowUp") {
    event.preventDefault();
    move(event.code === "ArrowDown" ? 1 : -1);
  } else if (event.code === "Space" && event.target.matches("[data-row]")) {
    event.preventDefault();
    event.target.closest("tr")?.querySelector("[data-mark]")?.click();
    event.target.focus();
  } else if (event.key.length === 1 && event.code !== "Space" && event.target !== field()) {
    // Whatever had the focus: what is scanned now goes into the field.
    byPlace = placed(event);
    field().value = "";
    field().focus();
  } else if (event.key === "Escape") field().focus();
}

// The field has the focus wherever nothing else was chosen.
function focusField() {
  if (document.querySelector("dialog[open]")) return;
  const here = document.activeElement;
  if (here === document.body || here.matches("#head, .act, .work h1")) field().focus({ preventScroll: true });
}

// A dialog that a mouse was in gives the focus back without the caret: what is typed or scanned then would go nowhere.
function afterDialog() {
  focusField();
  const { value } = field();
  if (document.activeElement === field()) field().setSelectionRange(value.length, value.length);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || live.isAway()) return;
  event.preventDefault();
  ask(new URL(link.href).search);
  field().focus();
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-narrow]");
  if (!form) return;
  const asked = new URLSearchParams(location.search);
  for (const select of form.querySelectorAll("select")) {
    if (select.value) asked.set(select.name, select.value);
    else asked.delete(select.name);
  }
  // An order is that of the bank that was looked at before.
  for (const name of ["skip", "order"]) asked.delete(name);
  ask(`?${asked}`);
});
document.addEventListener("submit", onSubmit);
document.addEventListener("keydown", onKeydown, { capture: true });
document.addEventListener("close", () => setTimeout(afterDialog), { capture: true });
document.addEventListener("focusout", () => setTimeout(focusField));
window.addEventListener("popstate", () => {
  if (stays()) {
    history.pushState(null, "", page.getAttribute("hx-get").replace("/custody/page", "/custody"));
    return;
  }
  fetchAt(location.search);
});
document.addEventListener("live:newer", (event) => {
  if (document.querySelector("dialog[open]") || field().value || turn.isUnderWay()) event.preventDefault();
});
document.addEventListener("act:done", ({ detail }) => {
  if (detail.act === "open-bag" && detail.answer.bag) ask(`?view=bag&bag=${detail.answer.bag.id}`);
  followOrder(detail.answer);
});
// A pointer was aimed at what the page showed before: it presses nothing there, nor on what comes.
document.addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted || !turn.isUnderWay() || !event.target.closest("#page main :is(.act, [data-act], [data-dialog])")) return;
    event.preventDefault();
    event.stopPropagation();
    sayNotCome();
  },
  { capture: true },
);
// A key that sends a form of the page, which is not a dialog.
document.addEventListener("click", (event) => {
  const key = event.target.closest(".act");
  if (!key || event.detail > 1 || acts.isOff(key)) return;
  document.querySelector(`#page form[data-form-of="${CSS.escape(key.id.replace("act-", ""))}"]`)?.requestSubmit();
});
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-tidy]")) event.target.value = event.target.value.toUpperCase().replace(/\s/g, "");
});
// As htmx writes the addresses that it fetches.
function address() {
  const { pathname, search } = new URL(page.getAttribute("hx-get"), document.baseURI);
  return pathname + search;
}

const focus = () => field().focus();
turn.start({ what: address, by: (request) => request.action, gaveUp: sayNotCome });
batch.start({ say });
contact.start();
count.start({ say, ask });
receive.start({ ask, focus, say });
start({ swapped: [batch.draw, focusField] });
batch.draw();
field().focus();
