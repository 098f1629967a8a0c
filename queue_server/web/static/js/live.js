// The live line: server-sent events through hx-sse tell that something changed, and the page is fetched anew; a line
// that is the page's own brings the parts of it that changed (open_pages), and it is fetched where those do not fit.
// Silence is "not connected": nothing can be pressed then, because nothing would be saved.
import { isSending } from "./acts.js";
import * as clock from "./clock.js";
import { hasLeft, wasTabbed } from "./keys.js";

// Pauses before a page that shows less than was heard of is asked for again: each twice as long as the one before.
const AGAIN_MS = 250;
const MAX_AGAIN_MS = 8000;
// So long after an answer what it has done is waited for on the line.
const PUSHED_MS = 200;

let page;
let feed;
let connection = null; // hx-sse's own, while it has one
let connected = false; // there has been a line before
let heard; // when the server was heard last (this machine's monotonic clock)
let awayAt = null; // server time since which there is silence
let tryAt = null; // when the next try is due (monotonic)
let timer = null;
let drawnAt = 0; // when the page was drawn last (monotonic)
let soon = null; // the drawing that waits for its pause
// Places in the centre's feed, "day:number": the newest that was heard of, and the one up to which the page shows what
// has happened, or will when what it fetches is there. So what a press has done is fetched once, whether the feed or
// the answer tells of it first.
let known = "";
let covered = "";
let done = ""; // the place of what was done here last
let againIn = AGAIN_MS;
let again = null; // the fetch that waits for it
// What was pushed while nothing may be drawn: a fetch is under way, or what was done in a dialog.
let held = null;
let fetching = false;
let isPushed = false; // whether this line pushes
let unpushed = null; // what fetches the page where what was done is not pushed
let looksAt = () => []; // what a push must have been drawn for
let whenSwapped = [];
let whenAway = [];

export const isAway = () => awayAt !== null;

let paused = false; // nothing is heard, and nothing drawn: the page is locked

// Lets go of the line; what is shown stays as it is.
export function pause() {
  paused = true;
  held = null;
  clearTimeout(timer);
  connection?.reader?.cancel();
}

// Takes the line up again, and draws what has happened since.
export function resume() {
  paused = false;
  heard = performance.now();
  tryNow();
  refresh();
}

// Whether one place is the other, or after it; a later day is.
function reaches(place, other) {
  const [[day, number], [otherDay, otherNumber]] = [place.split(":"), other.split(":")];
  return day === otherDay ? Number(number) >= Number(otherNumber) : day > otherDay;
}

function hear(place) {
  if (!reaches(known, place)) known = place;
}

export function refresh() {
  if (paused) return;
  clearTimeout(soon);
  soon = null;
  covered = known;
  htmx.trigger(page, "live:refresh");
}

// Whether the page is from before what was done on it last, and soon shows it.
export const isBehind = () => done !== "" && !reaches(document.getElementById("now").dataset.cursor, done);

// Draws what has happened up to a place, unless that is shown, or fetched, already; without a place in any case.
export function showUpTo(place) {
  hear(place);
  if (place && document.getElementById("now").dataset.cursor) done = place;
  if (place && reaches(covered, place)) return;
  if (!place || !isPushed) refresh();
  else if (held) {
    // What is being fetched may be from before it, and would be drawn over it: it is taken once that is there.
    if (!fetching) takeHeld();
  } else {
    clearTimeout(unpushed);
    unpushed = setTimeout(() => reaches(covered, known) || refresh(), PUSHED_MS);
  }
}

const part = (name) => page.querySelector(`[data-part="${name}"]`);

// Whether the page has what it was not sent now as the server has it, and looks at what this was drawn for.
const fits = ({ asked, marks, parts }) =>
  JSON.stringify(asked) === JSON.stringify(looksAt()) &&
  Object.entries(marks).every(([name, mark]) => (parts[name] ? part(name) : part(name)?.dataset.drawn === mark));

// Takes what the server has pushed: parts of the page, as they are up to a place.
function onPushed(place, pushed) {
  isPushed = true;
  hear(place);
  held = { place, ...pushed, parts: { ...held?.parts, ...pushed.parts } };
  if (!fetching && !isSending()) takeHeld();
}

function takeHeld() {
  const pushed = held;
  held = null;
  if (!pushed || paused || !reaches(pushed.place, covered)) return;
  if (isAway() || !fits(pushed)) {
    refreshSoon();
    return;
  }
  covered = pushed.place;
  const swaps = Object.entries(pushed.parts).map(([name, text]) =>
    htmx.swap({ sourceElement: feed, target: part(name), swap: "outerMorph", text }),
  );
  onSwap();
  // What htmx does after it has drawn is its own; a fault there must not go unseen.
  Promise.all(swaps).catch(reportError);
}

// Draws after an event: at most once in the page's pause, where it has one; what follows within it is drawn together.
function refreshSoon() {
  if (soon !== null) return;
  const rest = drawnAt + Number(page.dataset.pause ?? 0) - performance.now();
  if (rest <= 0) {
    refresh();
    return;
  }
  soon = setTimeout(() => {
    soon = null;
    refresh();
  }, rest);
}

function onBeat() {
  heard = performance.now();
  tryAt = null;
  page.dataset.live = "on";
}

// Whether the page shows nothing of what changed beside the day (data-passes).
const passes = (data) => page.dataset.passes.split(" ").includes(JSON.parse(data).type);

function onMessage(event) {
  // The frame itself is not shown: the server draws the page. So hx-sse has nothing to swap.
  event.preventDefault();
  onBeat();
  const { event: kind, id, data } = event.detail.message;
  if (kind === "page") {
    onPushed(id, JSON.parse(data));
    return;
  }
  if (kind === "mention" && !isAway() && passes(data)) return;
  const place = id ?? "";
  // Everything as it is there now: a copy that was restored has not got as far as the server before it.
  if (kind === "snapshot") [known, done] = [place, ""];
  else hear(place);
  const shown = kind === "beat" || (kind === "change" && place && reaches(covered, place));
  if (isAway() || !shown) refreshSoon();
}

// The session is over, or has left its counter: the server leads on. A role that opened this page was taken away: to
// the page that is left.
function onStatus(status) {
  if (status === 423) document.dispatchEvent(new Event("live:locked"));
  if (status === 401) location.reload();
  if (status === 403) location.assign("/");
}

function leave() {
  if (isAway()) return;
  awayAt = clock.now() - (performance.now() - heard);
  page.dataset.live = "off";
  document.body.classList.add("away");
  document.getElementById("band").hidden = false;
  document.getElementById("band-since").textContent = clock.hhmmss(awayAt);
  for (const element of document.querySelectorAll(".asof-time")) element.textContent = clock.hhmm(awayAt);
  for (const draw of whenAway) draw();
}

function comeBack() {
  if (!isAway()) return;
  awayAt = null;
  document.body.classList.remove("away");
  document.getElementById("band").hidden = true;
}

function watch() {
  if (paused) return;
  const silence = performance.now() - heard;
  if (silence <= Number(page.dataset.silence)) return;
  leave();
  document.getElementById("band-for").textContent = clock.stopwatch(clock.now() - awayAt);
  const next = document.getElementById("band-next");
  const seconds = tryAt === null ? 0 : Math.max(0, Math.ceil((tryAt - performance.now()) / 1000));
  next.textContent = next.dataset.text.replace("#", String(seconds));
  // A line that is open but silent is given up, so that hx-sse connects anew.
  if (tryAt === null || performance.now() > tryAt + Number(page.dataset.retry)) tryNow();
}

function tryNow() {
  tryAt = performance.now() + Number(page.dataset.retry);
  if (!connection) htmx.trigger(feed, "live:connect");
  else if (connection.reader) connection.reader.cancel();
  else if (connection.delayCanceller) connection.delayCanceller();
}

function schedule() {
  clearTimeout(timer);
  const at = Number(document.getElementById("now").dataset.refreshAt);
  timer = setTimeout(refresh, Math.max(50, at - clock.now() + 20));
}

// The ring is on the one filled key: there where the focus was lost, and where it was on a key without being brought
// there by Tab. A page without one is read from its heading on. Whoever has left the page with Tab, for the browser or to
// begin at its top, is not called back.
function focusKey() {
  const here = document.activeElement;
  if (here === document.body && hasLeft()) return;
  if (here !== document.body && !(here.matches("#head, #page .act") && !wasTabbed())) return;
  const key = document.querySelector("#page .act.primary[data-code]:not([aria-disabled=true])");
  if (here !== document.body && !key) return;
  (key ?? document.getElementById("head")).focus({ preventScroll: true });
}

// The field that the page begins with has the focus once: htmx gives it to an [autofocus] at each drawing, and takes it
// from whoever types in the next field by then.
function focusFirst() {
  const field = page.querySelector("[autofocus]");
  if (!field) {
    focusKey();
    return;
  }
  field.autofocus = false;
  field.focus();
}

// Whatever came of a fetch, the page shows what it shows. Another server than that of the line may have drawn it, and
// not have heard yet what the line has told, or fails: it is asked again, ever more seldom.
function onFetched({ target }) {
  if (target === page) fetching = false;
  covered = document.getElementById("now").dataset.cursor;
  clearTimeout(again);
  // What was pushed meanwhile is newer.
  if (held && !reaches(covered, held.place) && !isSending()) takeHeld();
  if (!covered || reaches(covered, known)) {
    againIn = AGAIN_MS;
    return;
  }
  again = setTimeout(() => reaches(covered, known) || refresh(), againIn);
  againIn = Math.min(againIn * 2, MAX_AGAIN_MS);
}

function onSwap() {
  drawnAt = performance.now();
  // A newer version of the pages is served: take it whole, unless the page holds what somebody is typing.
  const newer = document.getElementById("now").dataset.release !== page.dataset.release;
  if (newer && document.dispatchEvent(new Event("live:newer", { cancelable: true }))) {
    location.reload();
    return;
  }
  if (performance.now() - heard <= Number(page.dataset.silence)) comeBack();
  focusKey();
  for (const draw of whenSwapped) draw();
  schedule();
}

export function start(element, { swapped, away, looks = () => [] }) {
  page = element;
  feed = document.getElementById("feed");
  whenSwapped = swapped;
  whenAway = away;
  looksAt = looks;
  heard = performance.now();
  known = covered = document.getElementById("now").dataset.cursor;
  feed.addEventListener("htmx:sse:before:connection", (event) => {
    if (paused) {
      event.preventDefault();
      return;
    }
    connection = event.detail.connection;
    if (connection.attempt > 0) tryAt = performance.now() + Number(page.dataset.retry);
  });
  feed.addEventListener("htmx:sse:after:connection", () => {
    [held, isPushed] = [null, false];
    onBeat();
    // A line that comes anew may be that of another session's rights: the page is drawn for what they are now.
    if (connected) refreshSoon();
    connected = true;
  });
  feed.addEventListener("htmx:sse:before:message", onMessage);
  feed.addEventListener("htmx:sse:error", (event) => onStatus(event.detail.status));
  document.addEventListener("htmx:response:error", (event) => onStatus(event.detail.ctx.response.status));
  feed.addEventListener("htmx:sse:close", () => {
    connection = null;
  });
  // What is not a page (a problem, a cut line) must not take the page's place.
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const html = ctx.response?.headers.get("Content-Type")?.startsWith("text/html");
    if (ctx.response && !(html && ctx.response.status === 200)) event.preventDefault();
    // Once there is an answer the page is fetched anew.
    if (ctx.target === page && isSending()) event.preventDefault();
  });
  page.addEventListener("htmx:after:swap", onSwap);
  page.addEventListener("htmx:before:request", ({ target }) => {
    if (target === page) fetching = true;
  });
  page.addEventListener("htmx:finally:request", onFetched);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#try-now")) tryNow();
  });
  setInterval(watch, 200);
  schedule();
  focusFirst();
}
