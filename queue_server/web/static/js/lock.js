// An empty desk locks itself: nobody at keys or pointer for the minutes that the centre says, or Shift L. The page stays as
// it is, hidden: dialogs and what was typed are there again once the password is given. The server measures too, and
// answers a locked session nothing else; all pages of one browser lock and go on together.
import * as clock from "./clock.js";
import * as keys from "./keys.js";
import * as live from "./live.js";

const EVERY = 20_000; // how often the server hears that somebody is here, and a locked page asks (milliseconds)

let page;
let dialog;
let idle = 0; // milliseconds without a hand after which the page locks; 0: never
let touched; // when a hand was last here (monotonic)
let told = 0; // when the server last heard of it
let asked = 0;
let unsaid = false; // the server has not heard of this lock yet
let title;
const others = new BroadcastChannel("lock");
const KEPT = "locked"; // in this window: loading the page again is no way around a lock of which no server has heard

export const isLocked = () => dialog?.open === true;

const headers = () => ({ "X-CSRF-Token": page.dataset.csrf });

async function post(path) {
  try {
    // It goes on though the page is left.
    return (await fetch(path, { method: "POST", headers: headers(), keepalive: true })).status;
  } catch {
    return 0; // no line
  }
}

const part = (name) => dialog.querySelector(`[data-lock="${name}"]`);

function show() {
  if (isLocked()) return;
  title = document.title;
  document.title = dialog.dataset.title;
  document.body.classList.add("locked");
  part("form").reset();
  part("form").hidden = true;
  part("error").hidden = true;
  part("hint").hidden = false;
  live.pause();
  dialog.showModal();
  dialog.focus();
  document.dispatchEvent(new Event("lock:locked"));
  asked = performance.now();
  tick();
}

function hide() {
  if (!isLocked()) return;
  touched = told = performance.now();
  unsaid = false;
  sessionStorage.removeItem(KEPT);
  document.body.classList.remove("locked");
  dialog.close();
  part("form").reset();
  document.title = title;
  live.resume();
}

async function lock() {
  if (isLocked()) return;
  show();
  sessionStorage.setItem(KEPT, page.dataset.csrf);
  others.postMessage("locked");
  unsaid = true;
  await sayLocked();
}

async function sayLocked() {
  const status = await post("/lock");
  if (status === 401) location.reload();
  if (status !== 0 && status < 500) unsaid = false;
}

function wake() {
  part("hint").hidden = true;
  part("form").hidden = false;
  part("password").focus();
}

async function unlock(event) {
  event.preventDefault();
  const button = part("form").querySelector("[type=submit]");
  const error = part("error");
  button.disabled = true;
  error.hidden = true;
  try {
    const answer = await fetch("/unlock", {
      method: "POST",
      headers: { Accept: "text/plain" },
      body: new URLSearchParams({ csrf: page.dataset.csrf, password: part("password").value }),
    });
    if (answer.ok) {
      others.postMessage("unlocked");
      hide();
      return;
    }
    if (answer.status === 401) {
      location.reload();
      return;
    }
    const known = answer.status === 403 || answer.status === 429;
    say(known ? await answer.text() : dialog.dataset.away);
  } catch {
    say(dialog.dataset.away);
  } finally {
    button.disabled = false;
  }
}

function say(text) {
  const error = part("error");
  error.querySelector("span").textContent = text;
  error.hidden = false;
  part("password").select();
  part("password").focus();
}

// Another page of this browser may have gone on, the session may have ended; asking keeps it while this page is open.
async function look() {
  asked = performance.now();
  if (unsaid) {
    await sayLocked();
    return;
  }
  try {
    const answer = await fetch("/lock", { headers: { Accept: "application/json" } });
    if (answer.status === 401) location.reload();
    else if (answer.ok && !(await answer.json()).locked) hide();
  } catch {
    // No line: it is asked again.
  }
}

function tick() {
  const now = performance.now();
  if (!isLocked()) {
    if (idle && now - touched >= idle) lock();
    return;
  }
  part("clock").textContent = clock.hhmm(clock.now());
  if (now - asked >= EVERY) look();
}

async function touch() {
  if (isLocked()) return;
  touched = performance.now();
  if (!idle || touched - told < EVERY) return;
  told = touched;
  others.postMessage("here");
  if ((await post("/active")) === 423) show();
}

// While it is locked no key reaches the page. Any key shows the field, and is not typed into it.
function onKeydown(event) {
  if (isLocked()) {
    event.stopImmediatePropagation();
    if (!part("form").hidden) {
      if (event.key === "Escape") event.preventDefault();
      return;
    }
    event.preventDefault();
    if (!["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) wake();
    return;
  }
  touch();
  // On the page the key presses its button; a dialog that is open keeps keys to itself.
  const plain = event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey && /^l$/i.test(event.key);
  if (plain && document.querySelector("dialog[open]") && !keys.isField(event.target) && keys.areOn()) lock();
}

export function start(element) {
  page = element;
  dialog = document.getElementById("lock");
  idle = Number(page.dataset.lock) * 60_000;
  touched = told = performance.now();
  window.addEventListener("keydown", onKeydown, { capture: true });
  for (const kind of ["keyup", "keypress"])
    window.addEventListener(kind, (event) => isLocked() && event.stopImmediatePropagation(), { capture: true });
  for (const kind of ["pointerdown", "pointermove", "wheel", "input"])
    window.addEventListener(kind, touch, { capture: true, passive: true });
  dialog.addEventListener("pointerdown", () => part("form").hidden && wake());
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  // Whatever else may close a dialog: it is open again at once.
  dialog.addEventListener("close", () => document.body.classList.contains("locked") && dialog.showModal());
  part("form").addEventListener("submit", unlock);
  document.addEventListener("click", (event) => event.target.closest("[data-lock-now]") && lock());
  document.addEventListener("live:locked", show);
  others.addEventListener("message", ({ data }) => {
    if (data === "locked") show();
    else if (data === "unlocked") hide();
    else touched = told = performance.now();
  });
  setInterval(tick, 500);
  if (sessionStorage.getItem(KEPT) === page.dataset.csrf) lock();
}
