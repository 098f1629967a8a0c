// A button that must be held, with a finger, the mouse, Enter or Space, so that it cannot be hit by mistake. Whoever
// cannot hold (speech input, a screen reader) presses it twice, with as much time between.
let form;
let button;
let timer = null;
let armedAt = null; // when it was pressed by somebody who cannot hold
let meant = false;

function note(name) {
  const line = document.getElementById("hold-note");
  line.textContent = name ? line.dataset[name] : "";
}

function isChosen() {
  const chosen = form.checkValidity();
  note(chosen ? "" : "choose");
  return chosen;
}

export function cancel() {
  clearTimeout(timer);
  timer = null;
  button.removeAttribute("data-held");
}

function finish() {
  cancel();
  meant = true;
  form.requestSubmit();
  meant = false;
  form.reset();
}

function press() {
  if (timer !== null || !isChosen()) return;
  button.setAttribute("data-held", "");
  timer = setTimeout(finish, Number(form.dataset.hold));
}

function letGo() {
  if (timer === null) return;
  cancel();
  note("again");
}

const isKey = (event) => event.code === "Enter" || event.code === "Space";

function onKeydown(event) {
  if (!isKey(event)) return;
  event.preventDefault();
  if (!event.repeat) press();
}

function onKeyup(event) {
  if (!isKey(event)) return;
  event.preventDefault();
  letGo();
}

// A click of a pointer ends a hold and means nothing by itself; one without a pointer comes from assistive technology.
function onClick(event) {
  event.preventDefault();
  if (event.detail !== 0 || !isChosen()) return;
  const waited = armedAt === null ? 0 : performance.now() - armedAt;
  if (armedAt !== null && waited >= Number(form.dataset.hold)) finish();
  else {
    armedAt ??= performance.now();
    note("again");
  }
}

export function start(theForm, theButton) {
  form = theForm;
  button = theButton;
  button.querySelector(".hold-fill").style.transitionDuration = `${form.dataset.hold}ms`;
  button.addEventListener("pointerdown", (event) => {
    if (event.button === 0) press();
  });
  for (const kind of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(kind, letGo);
  button.addEventListener("keydown", onKeydown);
  button.addEventListener("keyup", onKeyup);
  button.addEventListener("click", onClick);
  // Enter in the list of texts would send the form: only the button does.
  form.addEventListener("submit", (event) => {
    if (meant) return;
    event.preventDefault();
    event.stopPropagation();
  });
  button.closest("dialog").addEventListener("close", () => {
    cancel();
    armedAt = null;
    note("");
  });
}
