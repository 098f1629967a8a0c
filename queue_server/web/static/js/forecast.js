// The page of the hours ahead: an edge of a bar is moved by dragging it or with the arrow keys, and what comes of it is
// drawn by the server. Links and the form work without this.
import { isAway } from "./live.js";
import { start } from "./staff.js";

const STEP = 15; // minutes of one press
const page = document.getElementById("page");
let dragged = null; // the edge that a pointer holds: {edge, box, at, to}

// Draws the page for an address; what is drawn anew by time stays with it.
function show(query) {
  page.setAttribute("hx-get", `/manager/forecast/page?${query}`);
  htmx.trigger(page, "live:refresh");
}

const query = () => document.getElementById("now").dataset.query;

// Brings an edge to a minute, as far as it may go.
function move(edge, to) {
  const bounded = Math.min(Number(edge.getAttribute("aria-valuemax")), Math.max(Number(edge.getAttribute("aria-valuemin")), to));
  if (isAway() || bounded === Number(edge.dataset.edge)) return;
  const asked = new URLSearchParams(query());
  asked.append("move", `${edge.dataset.counter}~${edge.dataset.edge}~${bounded}`);
  show(asked);
}

function onKeydown(event) {
  const edge = event.target.closest?.(".edge");
  if (!edge || event.ctrlKey || event.altKey || event.metaKey) return;
  const now = Number(edge.getAttribute("aria-valuenow"));
  const to = {
    ArrowLeft: (Math.ceil(now / STEP) - 1) * STEP,
    ArrowDown: (Math.ceil(now / STEP) - 1) * STEP,
    ArrowRight: (Math.floor(now / STEP) + 1) * STEP,
    ArrowUp: (Math.floor(now / STEP) + 1) * STEP,
    Home: Number(edge.getAttribute("aria-valuemin")),
    End: Number(edge.getAttribute("aria-valuemax")),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  move(edge, to);
}

// Says which minute lies under the pointer: the row is the day from now until closing, left to right in every language.
function under(event) {
  const { box, from, until } = dragged;
  const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  return Math.round((from + share * (until - from)) / STEP) * STEP;
}

function onDown(event) {
  const edge = event.target.closest?.(".edge");
  if (!edge || event.button !== 0) return;
  const rows = document.getElementById("rows").dataset;
  const box = edge.closest(".ahead-bars").getBoundingClientRect();
  dragged = { edge, box, from: Number(rows.from), until: Number(rows.until) };
  edge.setPointerCapture(event.pointerId);
  edge.classList.add("held");
}

function onMove(event) {
  if (!dragged) return;
  const { edge, box, from, until } = dragged;
  const at = ((under(event) - from) / (until - from)) * box.width;
  const place = edge.parentElement;
  place.setAttribute("x", `${Math.min(box.width, Math.max(0, at))}`);
}

function onUp(event) {
  if (!dragged) return;
  const { edge } = dragged;
  const to = under(event);
  edge.classList.remove("held");
  dragged = null;
  move(edge, to);
}

// What is tried stands in the address, so that it can be sent to somebody, or looked at again.
function keep() {
  const found = query();
  page.setAttribute("hx-get", `/manager/forecast/page?${found}`);
  history.replaceState(null, "", found ? `/manager/forecast?${found}` : "/manager/forecast");
}

document.addEventListener("keydown", onKeydown);
page.addEventListener("pointerdown", onDown);
page.addEventListener("pointermove", onMove);
page.addEventListener("pointerup", onUp);
start({ swapped: [keep] });
