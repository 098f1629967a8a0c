// The page on which devices are added: the text can be copied, where the browser lets a page do that.
import { start } from "./staff.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  // Selected in any case: whoever is not let copy it by a page does so by the keyboard.
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    document.getElementById("say").textContent = button.dataset.done;
    button.classList.add("done-copy");
  } catch {
    button.classList.remove("done-copy");
  }
});
start();
