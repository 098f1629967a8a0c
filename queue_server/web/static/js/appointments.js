// The page of appointments, by keyboard alone. What is asked for stands in the address (ids alone), and the page is drawn
// anew without being loaded anew. Until it shows what was asked for last, nothing that stands there can be pressed: a key
// that comes right behind another one is never meant for what is about to go.
import * as acts from "./acts.js";
import * as desk from "./desk.js";
import * as live from "./live.js";
import { Picker } from "./reception-picker.js";
import { start } from "./staff.js";
import { moveFrom } from "./time-grid.js";
import * as wedge from "./wedge.js";

const page = document.getElementById("page");
const form = document.getElementById("want");
let asked = 0; // number of what was asked for last
let goal = null; // where the focus goes once that is shown
let left = null; // what had the focus when it was asked for
let quiet = false; // the picker is filled in by the page, not by hand
let picker = null;

const now = () => document.getElementById("now");
const isShown = () => now().dataset.ask === (asked ? String(asked) : "");
const first = (...selectors) => selectors.map((one) => document.querySelector(one)).find((one) => one?.checkVisibility());

// Where the work goes on: with the next free time, the contact, the paper, or what somebody needs.
const NEXT = ["#times .soonest button", "#held input:not([type=hidden])", "#act-book", "#card .hand-acts a", "#leave", "#pick", "#head"];

function aim() {
  const target = goal && (first(...goal) ?? first(...NEXT));
  // Whoever has gone elsewhere meanwhile, to look for somebody, is not called back.
  const here = document.activeElement;
  const stays = here === left || here === document.body || !here.checkVisibility() || here.id === "head";
  goal = null;
  if (stays) target?.focus();
}

function aimAt(to) {
  goal = to;
  left = document.activeElement;
}

// Asks for something else: the address first, then what is drawn; `to` is where the focus goes then.
function ask(query, { to = null, step = true } = {}) {
  asked += 1;
  aimAt(to);
  const search = query.replace(/^\?/, "");
  history[step ? "pushState" : "replaceState"](null, "", `/appointments${search ? `?${search}` : ""}`);
  page.setAttribute("hx-get", `/appointments/page?${search}${search ? "&" : ""}ask=${asked}`);
  live.refresh();
}

function draw() {
  if (isShown()) aim();
  stale();
  desk.draw();
}

// --- what somebody needs ---------------------------------------------------------------------------------------------

const party = () => [...form.querySelectorAll(".party-fields input")];

function wanted() {
  if (!picker.chosen.length) return "";
  const fields = new URLSearchParams();
  for (const id of picker.chosen) fields.append("service", id);
  for (const field of party()) fields.append(field.name, field.value.trim() || "0");
  fields.set("language", form.elements.language.value);
  return fields.toString();
}

function changed() {
  if (quiet || !picker) return;
  document.getElementById("as-for")?.remove();
  ask(wanted(), { step: false, to: goal });
}

function reset() {
  quiet = true;
  form.reset();
  for (const field of party()) field.value = field.dataset.first;
  picker.set([]);
  quiet = false;
  document.getElementById("as-for")?.remove();
}

function afresh() {
  const newer = now().dataset.version !== form.dataset.version;
  reset();
  // The services are those of another version of the set-up: the form is drawn anew with them.
  if (newer) location.assign("/appointments");
  else ask("", { to: ["#pick"] });
}

// The set-up has changed: an empty form takes it over by itself, one that is filled says so.
function stale() {
  if (now().dataset.version === form.dataset.version) return;
  if (!picker.chosen.length && !picker.input.value && !first("#card", "#held")) location.reload();
  else acts.say(form.dataset.changed);
}

// To the free times, or as soon as they are there.
function toTimes() {
  aimAt(["#times .soonest button"]);
  if (isShown()) aim();
}

// --- find one --------------------------------------------------------------------------------------------------------

const field = () => document.getElementById("find");

async function find(text) {
  acts.say("");
  if (live.isAway()) return;
  const body = new URLSearchParams({ csrf: page.dataset.csrf, text });
  let answer;
  try {
    const response = await fetch("/appointments/find", { method: "POST", body });
    if (response.status === 401) location.reload();
    answer = await response.json();
    if (!response.ok) {
      acts.say(acts.refusal(answer.code ?? ""));
      return;
    }
  } catch {
    acts.say(document.querySelector('#notes [data-note="unanswered"]').textContent);
    return;
  }
  const { found } = answer;
  if (!found.length) {
    acts.say(field().dataset.none);
    return;
  }
  field().value = "";
  if (found.length === 1) ask(`appointment=${found[0]}`, { to: NEXT });
  else ask(`found=${found.join(",")}`, { to: ["#found-rows a"] });
}

// What is scanned while a document is asked for is its number; all else is looked for.
function scanned(text) {
  const number = first("#book-document");
  if (!number || wedge.isBooked(text) || wedge.isTicket(text)) find(text);
  else {
    number.value = text.toUpperCase().replace(/[\s.]/g, "");
    number.focus();
  }
}

// --- what was done ---------------------------------------------------------------------------------------------------

const shows = (answer, act) => ask(`appointment=${answer.appointment.id}&done=${act}`, { to: ["#act-print", ...NEXT] });

const DONE = {
  "hold-time": ({ hold }) => {
    const query = new URLSearchParams(now().dataset.query);
    query.set("at", String(Date.parse(hold.at) * 1000));
    query.set("hold", hold.id);
    ask(query.toString(), { to: NEXT });
  },
  "release-time": () => ask(document.getElementById("act-release").dataset.again, { to: NEXT }),
  "book-appointment": (answer, act) => {
    reset();
    shows(answer, act);
  },
  "move-appointment": shows,
  "cancel-appointment": shows,
};

// --- keys ------------------------------------------------------------------------------------------------------------

function leave() {
  const times = document.getElementById("times");
  const step = first('[data-code="Escape"]');
  if (step) step.click();
  else if (times?.contains(document.activeElement)) picker.input.focus();
  else document.getElementById("back").click();
}

function onKeydown(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const { target, key } = event;
  if (key === "Escape") {
    event.preventDefault();
    if (target === field() && field().value) field().value = "";
    else leave();
  } else if (target === field() && key === "Enter") {
    event.preventDefault();
    if (field().value.trim()) find(field().value.trim());
  } else if (target === field() && key === "ArrowDown") {
    event.preventDefault();
    first("#found-rows a")?.focus();
  } else if (key.startsWith("Arrow") && target.matches("[data-move]")) {
    event.preventDefault();
    moveFrom(target, key);
  } else if ((key === "ArrowDown" || key === "ArrowUp") && target.matches(".row-button")) {
    event.preventDefault();
    const rows = [...document.querySelectorAll("#found-rows a")];
    const next = rows[rows.indexOf(target) + (key === "ArrowDown" ? 1 : -1)];
    (next ?? (key === "ArrowUp" ? field() : target)).focus();
  }
}

// Arrows lead to times and rows, so Enter and Space press them: on other pages what has the focus may only be what was
// clicked last.
function onPress(event) {
  if (event.defaultPrevented || !["Enter", "Space", "NumpadEnter"].includes(event.code)) return;
  if (!event.target.matches?.("main a, main button") || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat) event.target.click();
}

// What stands there is about to go: nobody means it.
function holdBack(event) {
  if (isShown() || !event.target.closest?.("main [data-act], main [data-ask], main [data-dialog]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function onClick(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // A paper is drawn by the server: without a line there is none.
  if (live.isAway() && link.matches("a[target=paper], [data-ask], #act-arrival")) event.preventDefault();
  else if (link.matches("[data-ask]")) {
    event.preventDefault();
    ask(new URL(link.href).search, { to: link.matches("[data-day]") ? ["#times .clocks button"] : NEXT });
  }
}

document.addEventListener("click", holdBack, { capture: true });
document.addEventListener("submit", holdBack, { capture: true });
wedge.start(() => Number(form.dataset.gap), scanned);
document.addEventListener("keydown", onPress, { capture: true });
document.addEventListener("keydown", onKeydown);
document.addEventListener("click", onClick);
document.addEventListener("click", (event) => event.target.closest("#afresh") && afresh());
document.addEventListener("act:done", ({ detail }) => DONE[detail.act]?.(detail.answer, detail.act));
// The language in which somebody is written to goes along where they are.
document.addEventListener("input", (event) => {
  const inside = event.target.closest(".book-form");
  const language = inside?.querySelector("[data-with-contact]");
  if (language) language.disabled = ![...inside.querySelectorAll("[data-contact]")].some((one) => one.value.trim());
});
window.addEventListener("popstate", () => ask(location.search, { step: false, to: NEXT }));
document.addEventListener("live:newer", (event) => {
  const typed = [...document.querySelectorAll(".book-form input:not([type=hidden]), #find")].some((one) => one.value);
  if (typed || picker.chosen.length) event.preventDefault();
});

picker = new Picker(document.getElementById("picker"), JSON.parse(form.dataset.offer), { changed, done: toTimes });
quiet = true;
picker.set(JSON.parse(form.dataset.chosen));
quiet = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  toTimes();
});
form.addEventListener("change", (event) => {
  if (event.target !== picker.input && picker.chosen.length) changed();
});
start({ swapped: [draw] });
desk.start();
document.addEventListener("desk:scan", ({ detail }) => wedge.isScan(detail.text) && scanned(detail.text));
aimAt(NEXT);
aim();
