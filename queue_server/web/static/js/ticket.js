// A ticket on a phone, live: the server sends the part of the page that changed. Silence is said honestly, with the time
// of the last news; without a line the page looks again by itself.
import * as push from "./push.js";
import { ring, start as offerSound } from "./ring.js";

const part = document.getElementById("live");
const shown = (id, visible) => {
  document.getElementById(id).hidden = !visible;
};
const format = (style) => new Intl.DateTimeFormat("en-GB", { timeZone: part.dataset.zone, timeStyle: style, hourCycle: "h23" });
const [minutes, seconds] = [format("short"), format("medium")];
let heard = performance.now();
let heardAt = Date.now();
let live = false;

function write(id, text) {
  const element = document.getElementById(id);
  if (element.textContent !== text) element.textContent = text;
}

function hear() {
  heard = performance.now();
  heardAt = Date.now();
  live = true;
  show();
}

function show() {
  shown("on", live);
  shown("last", !live);
  shown("cut", !live && performance.now() - heard > Number(part.dataset.silence));
  write("clock", seconds.format(Date.now()));
  if (live) write("last-time", minutes.format(heardAt));
  document.body.classList.toggle("away", !live);
  document.body.classList.toggle("is-live", live);
}

// What was unfolded stays so, and whoever stands on a button still stands there.
function replace(html) {
  const isOpen = part.querySelector("details")?.open;
  const held = part.contains(document.activeElement) ? document.activeElement : null;
  const place = held && [...part.querySelectorAll("summary,button")].indexOf(held);
  part.innerHTML = html;
  const details = part.querySelector("details");
  if (isOpen && details) details.open = true;
  if (held) part.querySelectorAll("summary,button")[place]?.focus({ preventScroll: true });
}

function draw(html) {
  const before = part.firstElementChild.dataset.state;
  const said = part.firstElementChild.dataset.say;
  replace(html);
  const { title, say, state } = part.firstElementChild.dataset;
  document.title = title;
  if (say !== said) write("say", say);
  if (state === "called" && before !== "called") {
    window.scrollTo(0, 0);
    ring();
  }
  if (OVER.includes(state) && !OVER.includes(before)) forget();
}

// A phone keeps nothing of a visit that is over.
const OVER = ["done", "cancelled", "not_served"];

function forget() {
  if (push.isPossible()) push.end().catch(() => {});
}

// What somebody says is sent without leaving the page, so that the sound stays allowed; where that fails it is sent as
// forms are.
let isSending = false;

async function send(event) {
  const form = event.target;
  event.preventDefault();
  if (isSending) return;
  isSending = true;
  part.setAttribute("aria-busy", "true");
  try {
    const fields = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    draw(page.getElementById("live").innerHTML);
    part.querySelector("details")?.removeAttribute("open");
  } catch {
    location.reload();
  } finally {
    isSending = false;
    part.removeAttribute("aria-busy");
  }
}

part.addEventListener("submit", send);

let feed = null;

function connect() {
  feed = new EventSource(part.dataset.feed);
  feed.addEventListener("ticket", (event) => {
    hear();
    if (part.innerHTML.trim() !== event.data.trim()) draw(event.data);
  });
  feed.addEventListener("beat", hear);
  // The day is over for this ticket: the page says what is so now.
  feed.addEventListener("gone", () => location.reload());
}

// A phone that wakes up, or that was refused a line, looks again after a while; one that is away keeps what it shows.
async function lookAgain() {
  if (live || document.hidden) return;
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(5000) });
    if (answer.status < 500) location.reload();
  } catch {
    // Still away: the next look may find it.
  }
}

setInterval(() => {
  if (live && performance.now() - heard > Number(part.dataset.silence)) {
    live = false;
    if (feed.readyState !== EventSource.CONNECTING) {
      feed.close();
      connect();
    }
  }
  show();
}, 500);
setInterval(lookAgain, Number(part.dataset.refresh) * 1000);
offerSound();
if (OVER.includes(part.firstElementChild.dataset.state)) forget();
else if (push.isPossible()) push.start();
connect();
show();
