// "Your turn" is heard and felt: browsers allow sound once a button was pressed on the page, so the button tries it out.
// Two notes, twice, with no file to fetch. Without sound the page, the boards and the voice say the same.
const NOTES = [[0, 659.25], [0.22, 880], [0.9, 659.25], [1.12, 880]]; // seconds, hertz
const PATTERN = [400, 200, 400, 200, 400]; // milliseconds

let context = null;

function note(at, pitch) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.6, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.65);
}

// A phone that nobody has touched since the page was opened takes neither.
export function ring() {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(PATTERN);
  if (context?.state !== "running") return;
  for (const [after, pitch] of NOTES) note(context.currentTime + after, pitch);
  document.getElementById("ring").dataset.rung = String(Number(document.getElementById("ring").dataset.rung ?? 0) + 1);
}

async function allow() {
  context ??= new AudioContext();
  await context.resume();
  ring();
  show();
}

// A phone call or another page may stop the sound: then the button asks again.
function show() {
  const button = document.getElementById("ring");
  const words = button.querySelector("span");
  const isOn = context?.state === "running";
  if (button.dataset.off === undefined) button.dataset.off = words.textContent;
  const text = isOn ? button.dataset.on : button.dataset.off;
  if (words.textContent !== text) words.textContent = text;
  button.classList.toggle("is-on", isOn);
}

export function start() {
  const button = document.getElementById("ring");
  if (!("AudioContext" in window) && !navigator.vibrate) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    allow().then(() => context.addEventListener("statechange", show, { once: false }));
  });
}
