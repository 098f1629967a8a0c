// Assist: a call for colleagues by somebody who must not be seen calling. The key or the word is held; afterwards the
// server draws a dot after the word, and nothing else changes.
import * as acts from "./acts.js";

let timer = null;
let calling = false; // a call is on its way: held again, it is still one

async function call({ url, body }) {
  letGo();
  if (calling) return;
  calling = true;
  await acts.sendQuietly(url, body);
  calling = false;
}

function press() {
  if (timer !== null) return;
  const button = document.getElementById("assist");
  timer = setTimeout(call, Number(button.dataset.hold), button.dataset);
}

function letGo() {
  clearTimeout(timer);
  timer = null;
}

const isOwn = (event) => event.target.closest?.("#assist") && (event.code === "Enter" || event.code === "Space");

export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.code !== "F8" && !isOwn(event)) return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  document.addEventListener("keyup", (event) => {
    if (event.code === "F8" || isOwn(event)) letGo();
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#assist") && event.button === 0) press();
  });
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, letGo);
  window.addEventListener("blur", letGo);
}
