// The form that issues. One key a form: a double click, a second try and an answer that was lost are one ticket. While
// an answer is awaited the form is held, because with other words the same key would be another ticket.
import { newKey } from "./acts.js";
import * as live from "./live.js";
import { NoAnswer, note, post, spaced, words } from "./reception-ask.js";
import * as find from "./reception-find.js";
import { Picker } from "./reception-picker.js";
import * as twice from "./reception-twice.js";
import * as turn from "./turn.js";

const form = document.getElementById("issue");
const page = document.getElementById("page");
const button = document.getElementById("act-issue");
const leave = document.getElementById("leave-it");
const documentField = document.getElementById("document");
let picker = null;
let key = newKey();
let waits = null; // "sending", "unanswered", or null where no answer is awaited
let agreed = null; // the document on which a second ticket is wanted all the same

export const word = (name) => document.querySelector(`#issue-words [data-word="${name}"]`).textContent;

export const clean = (number) => number.toUpperCase().replace(/[\s.]/g, "");

function complain(text) {
  const line = document.getElementById("issue-error");
  line.lastElementChild.textContent = text;
  line.hidden = !text;
}

function hold(state) {
  waits = state;
  const held = state === "unanswered" || (state === "sending" && button.hasAttribute("data-busy"));
  for (const id of ["picker", "person"])
    for (const field of document.getElementById(id).querySelectorAll("input, select, .picked button")) field.disabled = held;
  leave.hidden = state !== "unanswered";
  draw();
}

export function draw() {
  const away = live.isAway();
  const empty = picker.chosen.length === 0;
  button.setAttribute("aria-disabled", String(away || empty || waits === "sending"));
  button.toggleAttribute("data-unanswered", waits === "unanswered");
  const line = document.getElementById("issue-note");
  const text = waits === "unanswered" ? note("unanswered") : away ? note("away") : button.hasAttribute("data-busy") ? note("sending") : empty ? line.dataset.empty : line.dataset.ready;
  if (line.textContent !== text) line.textContent = text;
  stale();
}

// The set-up has changed: an empty form takes it over by itself, one that is filled says so.
function stale() {
  const version = document.getElementById("now").dataset.version;
  if (version === form.dataset.version) return;
  if (isPristine()) location.reload();
  else complain(word("changed"));
}

const isPristine = () => picker.chosen.length === 0 && picker.input.value === "" && documentField.value === "" && waits === null;

export function reset() {
  form.reset();
  document.getElementById("language").value = form.dataset.language;
  picker.renew();
  key = newKey();
  agreed = null;
  complain("");
  documentNote("");
  hold(null);
  stale();
  picker.input.focus();
}

export function documentNote(text) {
  document.getElementById("document-note").textContent = text;
}

export function takeDocument(number) {
  documentField.value = clean(number);
  agreed = null;
}

// Fills the form with what somebody has an appointment for.
export function take({ services, party_size: size, language, people }) {
  reset();
  picker.set(services);
  form.elements.party_size.value = size;
  if ([...form.elements.language.options].some((one) => one.value === language)) form.elements.language.value = language;
  const ages = document.getElementById("ages");
  for (const input of ages?.querySelectorAll("input") ?? []) input.value = people[input.name] ?? 0;
  draw();
  picker.input.focus();
}

function wanted() {
  const number = clean(documentField.value);
  const body = {
    services: picker.chosen,
    category: form.elements.category.value,
    language: form.elements.language.value,
    party_size: Number(form.elements.party_size.value),
  };
  const people = byAge(body.party_size);
  return { ...body, ...(people.length ? { people } : {}), ...(number ? { document: number } : {}) };
}

// Whoever is of no other age is of the first.
function byAge(size) {
  const ages = document.getElementById("ages");
  if (ages === null) return [];
  const others = [...ages.querySelectorAll("input")].map((input) => ({ band: input.name, count: Number(input.value) }));
  const first = { band: ages.dataset.first, count: size - others.reduce((sum, one) => sum + one.count, 0) };
  return [first, ...others].filter((one) => one.count !== 0);
}

function wrong(body) {
  if (!body.services.length) return picker.input;
  if (!(Number.isInteger(body.party_size) && body.party_size >= 1 && body.party_size <= 20)) {
    complain(word("party"));
    return form.elements.party_size;
  }
  if ((body.people ?? []).some((one) => !(Number.isInteger(one.count) && one.count >= 1))) {
    complain(word("ages"));
    return form.elements.party_size;
  }
  if (body.document !== undefined && !/^[A-Z0-9<-]{4,32}$/.test(body.document)) {
    complain(word("document"));
    return documentField;
  }
  return null;
}

// Somebody who lost the paper has a ticket already: said before a second one is made.
async function hasTicket(number) {
  const { ok, data } = await post(form.dataset.find, { document: number });
  const running = ok ? data.visits.filter((visit) => !["done", "cancelled", "not_served"].includes(visit.state)) : [];
  if (!running.length) return false;
  twice.ask(running, {
    name: (service) => picker.services.get(service)?.name ?? service,
    show: (visit) => {
      reset();
      find.show(visit);
    },
    again: () => {
      agreed = number;
      issue();
    },
  });
  return true;
}

// A scan or a key behind it waits for the answer that is on its way: it is for the new ticket, or shown after it.
function issue() {
  const running = attempt();
  turn.take(() => running);
}

async function attempt() {
  if (waits === "sending" || live.isAway()) return;
  complain("");
  const body = wanted();
  const field = wrong(body);
  if (field) {
    field.focus();
    return;
  }
  const again = waits === "unanswered";
  const text = picker.input.value;
  let sent = again;
  let following = null; // what was typed for the next ticket
  hold("sending");
  const slow = setTimeout(() => {
    button.setAttribute("data-busy", "");
    hold("sending");
  }, Number(page.dataset.slow));
  try {
    if (!again && body.document && body.document !== agreed && (await hasTicket(body.document))) {
      hold(null);
      return;
    }
    sent = true;
    const { ok, data } = await post(form.dataset.url, body, key);
    if (ok) {
      button.removeAttribute("data-busy");
      following = [picker.input.value.slice(text.length), picker.held];
      reset();
      find.show(data.visit.id);
      document.getElementById("say").textContent = word("issued").replace("#", spaced(data.visit.code));
    } else {
      // Refused: nothing was issued under this key, and what is mended may go under a new one.
      key = newKey();
      hold(null);
      complain(words(data));
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    button.removeAttribute("data-busy");
    // Only a ticket that was asked for may have been issued: a look-up without an answer leaves the form free.
    hold(sent ? "unanswered" : null);
    if (!sent) complain(note("unanswered"));
  } finally {
    clearTimeout(slow);
    button.removeAttribute("data-busy");
    // What was meant for the next ticket is none of one that was refused.
    picker.held = [];
    draw();
  }
  if (following) picker.goOn(...following);
}

// How long it takes is answered for what is chosen first.
function onPicked() {
  if (!picker) return;
  const asked = document.getElementById("asked-service");
  const first = picker.chosen[0] ?? "";
  if (asked.value !== first) {
    asked.value = first;
    find.refresh();
  }
  if (waits === null) draw();
}

export function start() {
  picker = new Picker(document.getElementById("picker"), JSON.parse(form.dataset.offer), {
    changed: onPicked,
    done: issue,
    isHeld: () => waits === "sending",
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    issue();
  });
  button.addEventListener("click", (event) => {
    // The second click of a double click is no second ticket.
    if (event.detail > 1 || button.getAttribute("aria-disabled") === "true") event.preventDefault();
  });
  leave.addEventListener("click", () => {
    key = newKey();
    hold(null);
    complain(word("left"));
    find.refresh();
  });
  document.getElementById("afresh").addEventListener("click", () => waits === null && reset());
  documentField.addEventListener("input", () => documentNote(""));
  document.addEventListener("live:newer", (event) => !isPristine() && event.preventDefault());
  draw();
  picker.input.focus();
}
