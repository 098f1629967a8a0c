// Who comes with an appointment: the server says what it is worth, and the dialog shows it with the next step.
import * as live from "./live.js";
import { NoAnswer, arrival, note, spaced } from "./reception-ask.js";
import * as find from "./reception-find.js";
import * as issue from "./reception-issue.js";

const dialog = () => document.getElementById("arrival");

// Shows what was typed or scanned; `quiet`: only where it is an appointment. Tells whether it is one.
export async function open(text, { quiet = false } = {}) {
  if (!dialog() || live.isAway()) return false;
  const { data } = await arrival(text);
  if (!data.found && quiet) return false;
  if (typeof data.html !== "string" || document.querySelector("dialog[open]")) return Boolean(data.found);
  dialog().innerHTML = data.html;
  dialog().showModal();
  dialog().querySelector("[data-focus]")?.focus();
  return Boolean(data.found);
}

export function start() {
  if (!dialog()) return;
  document.addEventListener("act:done", ({ detail }) => {
    if (detail.act !== "admit") return;
    find.show(detail.answer.visit.id);
    document.getElementById("say").textContent = issue.word("issued").replace("#", spaced(detail.answer.visit.code));
  });
  dialog().addEventListener("click", (event) => {
    const walkIn = event.target.closest("[data-walk-in]");
    if (!walkIn) return;
    dialog().close();
    issue.take(JSON.parse(walkIn.dataset.walkIn));
  });
  // From the page of appointments: one whose person is here.
  const ident = new URLSearchParams(location.search).get("appointment");
  if (!ident) return;
  history.replaceState(null, "", "/reception");
  open(ident).catch((error) => {
    if (!(error instanceof NoAnswer)) throw error;
    find.say(note("unanswered"));
  });
}
