// A ticket on a phone, live: the server sends the part of the page that changed. Silence is said honestly, with the time
// of the last news; without a line the page looks again by itself.
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
}

function draw(html) {
  const before = part.firstElementChild.dataset.state;
  const said = part.firstElementChild.dataset.say;
  part.innerHTML = html;
  const { title, say, state } = part.firstElementChild.dataset;
  document.title = title;
  if (say !== said) write("say", say);
  if (state === "called" && before !== "called") {
    window.scrollTo(0, 0);
    // A phone that nobody has touched since the page was opened takes no such call.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400]);
  }
}

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
connect();
show();
