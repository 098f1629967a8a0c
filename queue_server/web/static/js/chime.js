// Help calls are heard: one sound for each new call. Browsers are silent until the page was used once; the line at the
// foot of the queue says so.
const heard = new Set();
let context = null;
let sound = null;

const calls = () => Array.from(document.querySelectorAll("[data-help]"), (element) => element.dataset.help);

export const isOn = () => context !== null && context.state === "running";

function show() {
  const line = document.getElementById("sound");
  if (!line) return; // a page without help calls
  const text = isOn() ? line.dataset.on : line.dataset.off;
  if (line.textContent !== text) line.textContent = text;
}

function play() {
  if (!isOn() || !sound) return false;
  const source = context.createBufferSource();
  source.buffer = sound;
  source.connect(context.destination);
  source.start();
  document.getElementById("sound").dataset.played = String(heard.size);
  return true;
}

export function draw() {
  show();
  const fresh = calls().filter((id) => !heard.has(id));
  // A call that could not be heard is heard as soon as the browser allows it, while nobody has taken it.
  if (!fresh.length) return;
  const before = [...heard];
  for (const id of fresh) heard.add(id);
  if (play()) return;
  heard.clear();
  for (const id of before) heard.add(id);
}

async function unlock() {
  if (context.state !== "running") await context.resume();
  draw();
}

export async function start(page) {
  context = new AudioContext();
  context.addEventListener("statechange", draw);
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, unlock);
  show();
  const answer = await fetch(page.dataset.chime);
  sound = await context.decodeAudioData(await answer.arrayBuffer());
  draw();
}
