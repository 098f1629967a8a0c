// What a press does: a POST to the API with a key made when it became possible, so that a double press, a second try
// or an answer that was lost on the way is one action.
import * as live from "./live.js";
import { newKey } from "./request-key.js";

const keys = new Map(); // slot of the page -> key of the request
let page;
let said = ""; // what was said last of what was sent
let pending = null; // { slot, key, abort, note, dialog, slow, late }
let others = 0; // dialogs whose requests have keys of their own

export { newKey };

const headers = (key) => ({
  "Content-Type": "application/json",
  "Idempotency-Key": key,
  "X-CSRF-Token": page.dataset.csrf,
});

const note = (name) => document.querySelector(`#notes [data-note="${name}"]`).textContent;

export const isOff = (element) =>
  (live.isAway() && !element.classList.contains("quiet")) ||
  element.getAttribute("aria-disabled") === "true" ||
  isBusy();

// What was done in a dialog is on its way, and what became of it is not known. It is shown when the dialog closes: a
// page that shows it before would have people type their next key into the dialog that is still there.
export const isSending = () => others > 0 || (pending !== null && pending.dialog && pending.note !== "unanswered");

// Does what is asked for in a dialog by requests that are not sent here.
export async function whileSending(work) {
  others += 1;
  try {
    return await work();
  } finally {
    others -= 1;
  }
}

// Whether something is on its way whose outcome is still awaited, or is not on the page yet: what stands there was before.
export const isBusy = () => (pending !== null && pending.note !== "unanswered") || live.isBehind();

// Keeps one key for every action that can be pressed now; one that can no longer be pressed loses its key.
export function draw() {
  const ready = new Map();
  for (const element of document.querySelectorAll("[data-act][data-slot]:not([aria-disabled=true])"))
    ready.set(element.dataset.slot, element.dataset.act);
  for (const slot of keys.keys()) if (!ready.has(slot) && !slot.startsWith("form:")) keys.delete(slot);
  for (const slot of ready.keys()) if (!keys.has(slot)) keys.set(slot, newKey());
  // The page shows its outcome already: an answer that is still on its way says nothing more.
  if (pending && !pending.slot.startsWith("form:") && !ready.has(pending.slot)) settle();
  mark();
}

// Writes into each key what became of it: on its way, without an answer, or waiting for the line to come back.
function mark() {
  for (const element of document.querySelectorAll(".act, [data-act]")) {
    const mine = pending !== null && element.dataset.slot !== undefined && element.dataset.slot === pending.slot;
    element.toggleAttribute("data-busy", mine && pending.note === "sending");
    element.toggleAttribute("data-unanswered", mine && pending.note === "unanswered");
    const text = element.querySelector(".act-note");
    if (!text) continue;
    const waits = live.isAway() && element.classList.contains("primary");
    const shown = mine && pending.note ? note(pending.note) : waits ? note("away") : null;
    if (shown !== null) {
      element.dataset.note ??= text.textContent;
      text.textContent = shown;
    } else if (element.dataset.note !== undefined) {
      text.textContent = element.dataset.note;
      delete element.dataset.note;
    }
  }
}

function settle() {
  pending?.abort.abort();
  clearTimeout(pending?.slow);
  clearTimeout(pending?.late);
  pending = null;
}

function setNote(mine, name) {
  if (pending !== mine) return;
  mine.note = name;
  if (name === "unanswered" && mine.slot.startsWith("form:")) say(note(name));
  if (name === "unanswered" && mine.dialog) live.refresh();
  mark();
}

// Next to its cause: in the dialog that is open, else on the page.
export function say(text) {
  said = text;
  const dialog = document.querySelector("dialog[open]");
  let inside = dialog?.querySelector("[data-error]");
  if (dialog && !inside && text) {
    inside = Object.assign(document.createElement("p"), { className: "error" });
    inside.setAttribute("data-error", "");
    inside.setAttribute("role", "alert");
    dialog.append(inside);
  }
  if (inside) {
    inside.textContent = text;
    inside.hidden = !text;
  }
  const outside = dialog ? "" : text;
  document.getElementById("notice-text").textContent = outside;
  document.getElementById("notice").hidden = !outside;
}

// Why what was sent last was not done; without a word of it, something before it has no answer yet.
export const reason = () => said || note("unanswered");

export function refusal(code) {
  const find = (name) => document.querySelector(`#refusals [data-code="${name}"]`)?.textContent;
  return (/^[a-z-]+$/.test(code) && find(code)) || find("");
}

// Gives the answer of what was done, false where it was not; what was refused, or is not known, has been said.
export async function send(url, body, slot) {
  if (live.isAway()) {
    say(note("away"));
    return false;
  }
  if (pending) {
    // The same action again has the same key, so twice is once; another one waits for its outcome.
    if (pending.note !== "unanswered" || (pending.slot !== slot && !pending.slot.startsWith("form:"))) {
      said = "";
      return false;
    }
    settle();
  }
  say("");
  if (!keys.has(slot)) keys.set(slot, newKey());
  const dialog = document.querySelector("dialog[open]") !== null;
  const mine = { slot, key: keys.get(slot), abort: new AbortController(), note: null, dialog };
  pending = mine;
  mine.slow = setTimeout(() => setNote(mine, "sending"), Number(page.dataset.slow));
  mine.late = setTimeout(() => setNote(mine, "unanswered"), Number(page.dataset.unanswered));
  let response;
  let answer = {};
  try {
    response = await fetch(url, {
      method: "POST",
      body,
      headers: headers(mine.key),
      signal: mine.abort.signal,
    });
    answer = response.ok ? await response.json().catch(() => ({})) : await response.json();
  } catch {
    // Cut on the way, there or back: whether it was done is not known, and the same key finds out.
    if (mine.abort.signal.aborted) return false;
    clearTimeout(mine.slow);
    clearTimeout(mine.late);
    setNote(mine, "unanswered");
    return false;
  }
  if (pending !== mine) return response.ok && answer;
  if (response.status === 401) {
    location.reload();
    return false;
  }
  if (response.status === 423) document.dispatchEvent(new Event("live:locked"));
  if (response.status >= 500) {
    clearTimeout(mine.slow);
    clearTimeout(mine.late);
    setNote(mine, "unanswered");
    return false;
  }
  settle();
  keys.delete(slot);
  if (!response.ok) {
    say(refusal(answer.code ?? ""));
    const { code = "", placeholders = {} } = answer;
    document.dispatchEvent(new CustomEvent("act:refused", { detail: { code, placeholders, url, body } }));
  }
  mark();
  live.showUpTo((response.ok && answer.cursor) || "");
  return response.ok && answer;
}

// Sends something of which the page says nothing, whatever comes of it; it is tried until the server has it.
export async function sendQuietly(url, body) {
  const key = newKey();
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await fetch(url, { method: "POST", body, headers: headers(key) });
      if (answer.status < 500) break;
    } catch {
      // No line: the next try has the same key.
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  live.refresh();
}

function press(element, event) {
  // The second click of a double click is no second action: what stands there now may be another key.
  if (event.detail > 1 || isOff(element)) return;
  const { url, body, slot } = element.dataset;
  const done = send(url, body, slot);
  closeWhen(done, element);
}

async function closeWhen(done, element) {
  // Looked for first: a list that is drawn anew while its answer is on the way has this key no more.
  const dialog = element.closest("dialog");
  const answer = await done;
  if (!answer) return;
  dialog?.close();
  document.dispatchEvent(new CustomEvent("act:done", { detail: { act: element.dataset.act, answer } }));
}

// Sends a form, and closes its dialog once it is done: after a refusal nothing that was typed is lost. A note goes
// first, once; {visit} in the address is the field of that name.
async function submit(form, submitter) {
  const body = bodyOf(form);
  const written = form.querySelector("[data-note]")?.value.trim();
  if (written && form.dataset.noted !== written) {
    const url = form.dataset.noteUrl;
    const text = JSON.stringify({ text: written });
    if (!(await send(url, text, `form:${url}:${text}`))) return;
    form.dataset.noted = written;
  }
  const url = (submitter?.dataset.url ?? form.dataset.url).replace(/\{(\w+)\}/g, (_, name) => body[name]);
  const text = JSON.stringify(body);
  await closeWhen(send(url, text, `form:${url}:${text}`), form);
}

// An amount as it is typed, in minor units: never by way of a fraction. What is none is refused by the server.
function minor(text, field) {
  const [whole, rest = ""] = text.replace(",", ".").split(".");
  const digits = Number(field.dataset.digits);
  const units = Number(whole + rest.padEnd(digits, "0"));
  return rest.length <= digits && Number.isSafeInteger(units) ? units : -1;
}

const KINDS = { number: Number, minor, truth: (text) => text === "yes", json: JSON.parse };

// What a form says: a dotted name is a path (own.fr), a field with data-kind="number" a number, with "list" one of
// several, "minor" an amount in minor units, "truth" yes or no, "json" as it stands; data-field another name than the one it is chosen by; an
// empty field says nothing.
function bodyOf(form) {
  // A list that may be empty, and says something then.
  const body = form.dataset.always ? { [form.dataset.always]: [] } : {};
  for (const field of form.elements) {
    const unpicked = (field.type === "radio" || field.type === "checkbox") && !field.checked;
    const value = field.value?.trim();
    if (!field.name || field.disabled || unpicked || !value) continue;
    const path = (field.dataset.field ?? field.name).split(".");
    const last = path.pop();
    let inside = body;
    for (const part of path) inside = inside[part] ??= {};
    if (field.dataset.kind === "list") (inside[last] ??= []).push(value);
    else inside[last] = (KINDS[field.dataset.kind] ?? String)(value, field);
  }
  return body;
}

export function start(element) {
  page = element;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) press(button, event);
    if (event.target.closest("#notice-close")) say("");
  });
  document.addEventListener("submit", (event) => {
    // Whoever has somebody at the counter cannot leave it, and nobody signs out into the void.
    if (event.target.id === "sign-out" && isOff(event.target.querySelector("button"))) event.preventDefault();
    const form = event.target.closest("form[data-act]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    // Nobody sees what stands in a dialog that has closed.
    if (!form.closest("dialog:not([open])")) submit(form, event.submitter);
  });
  draw();
}
