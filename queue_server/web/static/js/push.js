// Told though the page is closed, where the phone has it (Push API). It begins by a press, is undone by a press, and
// ends with the visit: then the phone forgets it too.
const offer = document.getElementById("push");

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

export const isPossible = () =>
  offer !== null && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const known = async () => (await navigator.serviceWorker.getRegistration(offer.dataset.scope)) ?? null;

async function send(verb, fields) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${offer.dataset.scope}/${verb}`, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
}

function write(state) {
  offer.dataset.push = state;
  offer.querySelector("button span").textContent = state === "on" ? offer.dataset.on : offer.dataset.off;
  offer.querySelector("button").setAttribute("aria-pressed", String(state === "on"));
  offer.querySelector("[role=status]").textContent = state === "failed" ? offer.dataset.failed : "";
}

async function active(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (worker.state === "activated") return;
  await new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
}

async function begin() {
  if ((await Notification.requestPermission()) !== "granted") return write("failed");
  try {
    const registration = await navigator.serviceWorker.register(offer.dataset.worker, { scope: offer.dataset.scope });
    await active(registration);
    const wanted = { userVisibleOnly: true, applicationServerKey: bytes(offer.dataset.key) };
    const subscription = await registration.pushManager.subscribe(wanted);
    await send("push", { endpoint: subscription.endpoint, key: offer.dataset.key });
    write("on");
  } catch {
    await end();
    write("failed");
  }
}

// Also where the visit is over: nothing of it stays on the phone.
export async function end() {
  const registration = await known();
  if (!registration) return;
  const subscription = await registration.pushManager.getSubscription();
  if (subscription) await send("push-off", { endpoint: subscription.endpoint }).catch(() => {});
  await registration.unregister();
}

let isBusy = false;

async function press() {
  if (isBusy) return;
  isBusy = true;
  try {
    if (offer.dataset.push === "on") {
      await end();
      write("off");
    } else {
      await begin();
    }
  } finally {
    isBusy = false;
  }
}

export async function start() {
  const registration = await known();
  const subscription = await registration?.pushManager.getSubscription();
  write(subscription && Notification.permission === "granted" ? "on" : "off");
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", press);
}
