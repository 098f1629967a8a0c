// Dialogs: opened by a key, number keys choose, Enter does, Esc leaves. The browser keeps the focus inside.
import { isOff } from "./acts.js";

function onKeydown(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (!digit || event.ctrlKey || event.altKey || event.metaKey) return;
  const choice = event.currentTarget.querySelectorAll("input[type=radio]")[Number(digit[1]) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
}

export function start() {
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("keydown", onKeydown);
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener && !(opener.classList.contains("act") && isOff(opener))) {
      const dialog = document.getElementById(opener.dataset.dialog);
      dialog.showModal();
      dialog.querySelector("input:checked, button.filled")?.focus();
    }
    event.target.closest("[data-close]")?.closest("dialog").close();
  });
}
