// The page of auditors: what it has beyond every page of staff. What a form asks for is looked for at the server, by POST,
// once somebody says so: what was typed stands in no address, and what must be is recorded.
import { start } from "./staff.js";

let asking = null;

async function find(form) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const asked = new URLSearchParams(new FormData(form));
  asked.set("csrf", document.getElementById("page").dataset.csrf);
  try {
    const answer = await fetch(form.dataset.ask, { method: "POST", body: asked, signal: mine.signal });
    if (answer.status === 401) location.reload();
    if (answer.status === 403) location.assign("/");
    if (!answer.ok) return;
    document.getElementById("found").innerHTML = await answer.text();
    // From what was found Tab leads to its first line.
    document.getElementById("found-head")?.focus();
  } catch {
    // Cut on the way: what is shown is of before.
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.ask) return;
  event.preventDefault();
  find(event.target);
});
start();
