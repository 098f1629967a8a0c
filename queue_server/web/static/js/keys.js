// Single keys: by the letter on the key where it is a Latin one, else by its place on the keyboard (event.code), so that
// they work in every layout.
import { isOff, say } from "./acts.js";

// The switch is a person's own, also where several use one browser.
const SWITCH = `single-keys-off:${document.getElementById("page").dataset.staff}`;
let tabbed = false; // focus was brought where it is by Tab: Enter and Space then belong to that control
let tabbing = false;

// A field of a dialog that has just closed can have the focus for one frame more.
export const isField = (element) =>
  element.closest?.("input, select, textarea, [contenteditable]") !== null && element.checkVisibility?.() !== false;

// Whether this person lets single keys act.
export const areOn = () => localStorage.getItem(SWITCH) !== "1";

// Signs that are typed in different places always mean the same.
const SIGNS = { "?": "all-keys", "/": "find" };

function target(event) {
  const code = /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code.replace(/^Numpad(?=\d$)/, "Digit");
  for (const element of document.querySelectorAll(`[data-code="${CSS.escape(code)}"]`))
    if (element.hasAttribute("data-shift") === event.shiftKey && element.checkVisibility()) return element;
  const sign = SIGNS[event.key];
  const opener = sign ? document.querySelector(`button[data-dialog="${sign}"]`) : null;
  return opener?.checkVisibility() ? opener : null;
}

// Function keys that belong to a page which works by them: the browser would leave the page for its address bar, or search
// in it. F5, F11 and F12 stay the browser's.
const PAGES_OWN = /^F(?:[1-4]|[6-9]|10)$/;

// A key of this page that has nothing to press now says what it does, and when.
function explain(event) {
  const sign = /^(?:Key([A-Z])|(Space|Enter|F\d+))$/.exec(/^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code);
  const name = sign && `${event.shiftKey ? "Shift " : ""}${sign[1] ?? sign[2]}`;
  // Several keys of one row stand there one behind the other.
  const row = name && [...document.querySelectorAll("#all-keys [data-key]")].find((one) => one.dataset.key.split(", ").includes(name));
  if (!row) return;
  const [cap, does, when] = Array.from(row.cells, (cell) => cell.textContent.trim());
  const key = row.dataset.key === name ? cap : name;
  const words = row.closest("tbody").dataset.idle;
  say(words.replace(/#(key|does|when)/g, (_, what) => ({ key, does, when })[what]));
}

function onKeydown(event) {
  tabbing = event.key === "Tab";
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (PAGES_OWN.test(event.code) && !event.shiftKey && document.querySelector("[data-fkeys]")) event.preventDefault();
  // Where a field has the focus always, function keys are the page's (data-fkeys).
  const typed = isField(event.target) && !(/^F\d+$/.test(event.code) && event.target.closest("[data-fkeys]"));
  if (document.querySelector("dialog[open]") || typed) return;
  const own = tabbed && event.target !== document.body && event.target.matches("a, button, summary");
  if (own && (event.code === "Enter" || event.code === "Space")) return;
  if (!areOn() && !/^F\d+$/.test(event.code)) return;
  // Space and Enter never press what merely was clicked last.
  if (target(event) || event.code === "Enter" || event.code === "Space") event.preventDefault();
  if (!event.repeat) press(event);
}

// Presses what a key means on the page as it is now, or says that it means nothing.
export function press(event) {
  const element = target(event);
  if (!element) {
    explain(event);
    return;
  }
  if (isOff(element)) return;
  say("");
  if (element.matches("input")) element.focus();
  else element.click();
}

// Whether somebody went with Tab to where the focus is.
export const wasTabbed = () => tabbed;

// Whether somebody went with Tab beyond the last control: nothing of the page has had the focus since.
export const hasLeft = () => tabbing;

export function start() {
  document.addEventListener("keydown", onKeydown);
  // A browser presses a focused button when Space is let go: not if the key was meant for the page.
  document.addEventListener("keyup", (event) => {
    if (event.code === "Space" && !tabbed && event.target.matches?.("button")) event.preventDefault();
  });
  document.addEventListener("focusin", () => {
    tabbed = tabbing;
    tabbing = false;
  });
  document.addEventListener("pointerdown", () => {
    tabbed = tabbing = false;
  });
  const box = document.getElementById("single-keys");
  if (!box) return; // a page without single keys
  box.checked = localStorage.getItem(SWITCH) !== "1";
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "0" : "1"));
}
