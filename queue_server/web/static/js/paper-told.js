// Tells the server that the paper of a ticket was printed: once for each time that the page is opened, since its key is
// made with it. Whoever prints has the paper, and hears nothing of this, whatever becomes of it.
import { newKey } from "./request-key.js";

const ticket = document.querySelector("main.paper[data-papers]");
const key = newKey();
const PAUSES_MS = [0, 500, 1500];
const ANSWER_MS = 3000;
let telling = null;

// Is done when it is told, or there is no use in trying on.
export const tell = () => (telling ??= say().finally(() => (telling = null)));

async function say() {
  if (!ticket || ticket.dataset.told) return;
  for (const pause of PAUSES_MS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (await isTaken()) {
      ticket.dataset.told = "yes";
      return;
    }
  }
}

// Whether the server has said something: what it refuses now it refuses later.
async function isTaken() {
  try {
    const answer = await fetch(ticket.dataset.papers, {
      method: "POST",
      headers: { "Idempotency-Key": key, "X-CSRF-Token": ticket.dataset.csrf },
      keepalive: true,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return answer.status < 500 && answer.status !== 429;
  } catch {
    return false;
  }
}
