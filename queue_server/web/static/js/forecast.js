// The page of the hours ahead: an edge of a bar is moved by dragging it or with the arrow keys. While it moves, the server
// draws who waits then; once it is let go, the whole page. Links and the form work without this.
import * as clock from "./clock.js";
import { isAway } from "./live.js";
import { start } from "./staff.js";

const STEP = 15; // minutes of one press
const REST_MS = 400; // after the last press the edge is let go
const page = document.getElementById("page");
// The edge that moves: {edge, rows, from, until, least, most, to, foreseen, busy}. It stays after it was let go, until the
// page shows it where it is; `busy`: a hand or a key still has it.
let held = null;
let asking = false; // who waits is being asked for
let rest = null;

const query = () => document.getElementById("now").dataset.query;
const number = (edge, name) => Number(edge.getAttribute(`aria-value${name}`));

// Draws the page for an address; what is drawn anew by time stays with it.
function show(found) {
  page.setAttribute("hx-get", `/manager/forecast/page?${found}`);
  htmx.trigger(page, "live:refresh");
}

// Writes the address with the edge where it is now.
function asked() {
  const found = new URLSearchParams(query());
  found.append("move", `${held.edge.dataset.counter}~${held.edge.dataset.edge}~${held.to}`);
  return found;
}

// Asks who waits with the edge where it is: one question is under way at a time, and after it the newest is asked.
async function foresee() {
  if (asking || !held || held.to === held.foreseen || isAway()) return;
  asking = true;
  const of = held;
  of.foreseen = of.to;
  try {
    const answer = await fetch(`/manager/forecast/waiting?${asked()}`, { signal: AbortSignal.timeout(8000) });
    const text = answer.ok ? await answer.text() : "";
    const part = new DOMParser().parseFromString(text, "text/html").getElementById("waiting-part");
    if (part && held === of) document.getElementById("waiting-part").replaceWith(part);
  } catch {
    // Nothing came of it: what is shown stays, and the page says by itself when it is not connected.
  }
  asking = false;
  foresee();
}

// Takes an edge, unless the page is about to show where another was brought.
function take(edge) {
  if (held) {
    held.busy ||= held.edge === edge;
    return held.edge === edge;
  }
  const rows = document.getElementById("rows").dataset;
  const at = number(edge, "now");
  const bounds = { least: number(edge, "min"), most: number(edge, "max") };
  held = { edge, from: Number(rows.from), until: Number(rows.until), ...bounds, to: at, foreseen: at, busy: true };
  return true;
}

// Brings the edge to a minute, as far as it may go, and its bar with it.
function bring(to) {
  const { edge, from, until, least, most } = held;
  held.to = Math.min(most, Math.max(least, to));
  const text = clock.hhmm(held.to * 60_000);
  edge.classList.add("held");
  edge.setAttribute("aria-valuenow", held.to);
  edge.setAttribute("aria-valuetext", text);
  edge.querySelector(".edge-time").textContent = text;
  const at = (100 * (held.to - from)) / (until - from);
  edge.parentElement.setAttribute("x", `${at}%`);
  const bar = edge.closest(".ahead-bars").querySelectorAll(".bar-there")[Number(edge.dataset.side.slice(1))];
  const [start, width] = ["x", "width"].map((name) => Number.parseFloat(bar.getAttribute(name)));
  const [left, right] = edge.dataset.side[0] === "s" ? [at, start + width] : [start, at];
  bar.setAttribute("x", `${left}%`);
  bar.setAttribute("width", `${Math.max(0, right - left)}%`);
  foresee();
}

// Lets the edge go where it is. One that is where it was has the page drawn as it was.
function letGo() {
  clearTimeout(rest);
  if (!held?.busy) return;
  held.busy = false;
  held.edge.classList.remove("held");
  show(held.to === Number(held.edge.dataset.edge) ? query() : asked());
}

function onKeydown(event) {
  const edge = event.target.closest?.(".edge");
  if (!edge || event.ctrlKey || event.altKey || event.metaKey) return;
  const now = number(edge, "now");
  const to = {
    ArrowLeft: (Math.ceil(now / STEP) - 1) * STEP,
    ArrowDown: (Math.ceil(now / STEP) - 1) * STEP,
    ArrowRight: (Math.floor(now / STEP) + 1) * STEP,
    ArrowUp: (Math.floor(now / STEP) + 1) * STEP,
    Home: number(edge, "min"),
    End: number(edge, "max"),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (isAway() || !take(edge)) return;
  bring(to);
  clearTimeout(rest);
  rest = setTimeout(letGo, REST_MS);
}

function onDown(event) {
  const edge = event.target.closest?.(".edge");
  if (!edge || event.button !== 0 || isAway() || !take(edge)) return;
  clearTimeout(rest);
  held.box = edge.closest(".ahead-bars").getBoundingClientRect();
  edge.setPointerCapture(event.pointerId);
  edge.classList.add("held");
}

// The row is the day from now until closing, left to right in every language.
function onMove(event) {
  if (!held?.busy || !held.box) return;
  const share = Math.min(1, Math.max(0, (event.clientX - held.box.left) / held.box.width));
  const to = Math.round((held.from + share * (held.until - held.from)) / STEP) * STEP;
  if (to !== held.to) bring(to);
}

function onUp() {
  if (held?.box) letGo();
}

// What is tried stands in the address, so that it can be sent to somebody, or looked at again.
function keep() {
  held = null;
  const found = query();
  page.setAttribute("hx-get", `/manager/forecast/page?${found}`);
  // The form in which a name is typed stays as it is; what it keeps is what is tried now.
  document.getElementById("keep-query")?.setAttribute("value", found);
  history.replaceState(null, "", found ? `/manager/forecast?${found}` : "/manager/forecast");
}

document.addEventListener("keydown", onKeydown);
page.addEventListener("pointerdown", onDown);
page.addEventListener("pointermove", onMove);
page.addEventListener("pointerup", onUp);
page.addEventListener("pointercancel", onUp);
// A page that is drawn anew by time must not take an edge out of somebody's hand.
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx.target === page && held?.busy) event.preventDefault();
});
page.addEventListener("htmx:finally:request", () => {
  if (!held?.busy) held = null;
});
page.addEventListener("live:refresh", (event) => held?.busy && event.stopImmediatePropagation(), true);
start({ swapped: [keep] });
