// Dialogs: opened by a key, number keys choose, Enter does, Esc leaves. The browser keeps the focus inside.
// A dialog about what the page shows is drawn with it, hidden (data-form="NAME"), and shown as a copy: what somebody is
// filling in does not change under their hands.
import { isOff, isSending } from "./acts.js";

const typing = (element) => element.matches("input:not([type=radio]):not([type=checkbox]), select, textarea");

function onKeydown(event) {
  // A field of a dialog that has just closed can have the focus for one frame more: its keys are the page's.
  if (!event.currentTarget.open) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  // What was sent stays as it was sent.
  if (isSending() && event.key !== "Escape" && event.key !== "Tab") {
    event.preventDefault();
    return;
  }
  // Enter does what the filled button says, in a note and in a list too; in a note Shift begins a new line.
  const usual = event.target.form?.querySelector("[data-default]");
  if (usual && event.key === "Enter" && !event.shiftKey && event.target.matches("input, textarea, select")) {
    event.preventDefault();
    event.target.form.requestSubmit(usual);
    return;
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (!digit || typing(event.target)) return;
  const choice = event.currentTarget.querySelectorAll("input[type=radio]")[Number(digit[1]) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

// A list that goes on ends in the middle of a row, so that everybody sees that there is more.
function cutRow(list) {
  list.style.maxBlockSize = "";
  if (list.scrollHeight <= list.clientHeight) return;
  const { top } = list.getBoundingClientRect();
  const middles = Array.from(list.children, (row) => row.getBoundingClientRect()).map((box) => box.top - top + box.height / 2);
  const last = middles.findLast((middle) => middle <= list.clientHeight);
  if (last !== undefined) list.style.maxBlockSize = `${last}px`;
}

function cutRows() {
  for (const list of document.querySelectorAll("dialog[open] .targets")) cutRow(list);
}

function find(name) {
  const drawn = document.querySelector(`[data-form="${CSS.escape(name)}"]`);
  if (!drawn) return document.getElementById(name);
  const dialog = document.getElementById("drawn");
  dialog.replaceChildren(...drawn.cloneNode(true).childNodes);
  dialog.dataset.shows = name;
  dialog.querySelector("h2").id = "drawn-title";
  for (const element of dialog.querySelectorAll("[data-id]")) element.id = element.dataset.id;
  return dialog;
}

function open(opener) {
  document.querySelector("dialog[open]")?.close();
  const dialog = find(opener.dataset.dialog);
  if (!dialog) return;
  for (const error of dialog.querySelectorAll("[data-error]")) error.hidden = true;
  dialog.showModal();
  cutRows();
  (dialog.querySelector("[data-focus]") ?? dialog.querySelector("input:checked, button.filled"))?.focus();
  dialog.dispatchEvent(new CustomEvent("dialog:open", { bubbles: true, detail: { query: opener.dataset.query ?? "" } }));
}

export function start() {
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("keydown", onKeydown);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && !(opener.matches(".act, .small") && isOff(opener))) open(opener);
    event.target.closest("[data-close]")?.closest("dialog").close();
  });
  window.addEventListener("resize", cutRows);
  // The usual reason of what was chosen, until somebody has chosen a reason.
  document.addEventListener("change", (event) => {
    const { form, dataset } = event.target;
    if (event.target.matches("select[name=reason]")) dataset.chosen = "";
    const reason = form?.elements.reason;
    if (dataset.reason && reason && reason.dataset.chosen === undefined) reason.value = dataset.reason;
  });
}
