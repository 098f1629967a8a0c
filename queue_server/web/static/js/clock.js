// The clock in the bar and the running time of the visit. Both follow the server's clock: the page brings what it was.
let zone = "UTC";
let ahead = 0; // milliseconds by which the server's clock is ahead of this one
let hourMinute;

export const now = () => Date.now() + ahead;

export function hhmm(instant) {
  return hourMinute.format(new Date(instant));
}

export function hhmmss(instant) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium", hourCycle: "h23" }).format(new Date(instant));
}

export function stopwatch(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

// Takes over the server's time from the page as it was just drawn.
export function draw() {
  ahead = Number(document.getElementById("now").dataset.now) - Date.now();
  tick();
}

function write(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

function tick() {
  write("clock", hhmm(now()));
  const timer = document.getElementById("timer");
  if (!timer) return;
  const elapsed = now() - Number(timer.dataset.since);
  write("timer", stopwatch(elapsed));
  const bar = document.getElementById("timer-bar");
  if (bar) {
    const share = Math.min(100, (elapsed * 100) / Number(bar.dataset.limit));
    document.getElementById("timer-gone").setAttribute("width", `${Math.max(0, share).toFixed(1)}%`);
  }
}

export function start(page) {
  zone = page.dataset.zone;
  hourMinute = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  draw();
  setInterval(tick, 250);
}
