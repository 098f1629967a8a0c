// A seal on a paper is scanned into a field by a scanner that types, or pasted; what it came to stands below it. It is
// about the visit in whose hand the paper is when the dialog opens.
const page = document.getElementById("page");
const dialog = () => document.getElementById("seal");
const field = () => document.getElementById("seal-text");

let visit = "";

function about() {
  const counter = document.getElementById("document-of");
  if (counter) return counter.dataset.key.split(" ")[0];
  const hand = document.querySelector("#hand [data-visit]");
  return hand ? JSON.parse(hand.dataset.visit).id : "";
}

function clear() {
  visit = about();
  field().value = "";
  document.getElementById("seal-found").replaceChildren();
  field().focus();
}

async function check() {
  const text = field().value.trim();
  const found = document.getElementById("seal-found");
  const mine = visit;
  if (!text) return;
  field().value = "";
  if (!mine) {
    found.textContent = document.getElementById("seal-form").dataset.nobody;
    return;
  }
  let html = null;
  try {
    const body = new URLSearchParams({ csrf: page.dataset.csrf, visit: mine, text });
    const answer = await fetch("/seal", { method: "POST", body, signal: AbortSignal.timeout(Number(page.dataset.unanswered)) });
    if (answer.status === 401) location.reload();
    if (answer.ok) html = await answer.text();
  } catch {
    // Cut on the way: it may have been kept, and may be scanned once more.
  }
  if (mine !== visit) return;
  if (html === null) found.textContent = document.getElementById("seal-form").dataset.failed;
  else {
    found.innerHTML = html;
    document.dispatchEvent(new CustomEvent("seal:read"));
  }
  field().focus();
  // On a small screen what was found is below the field: the first line of it is seen.
  found.firstElementChild?.scrollIntoView({ block: "nearest" });
}

// Shows the dialog with what was scanned already.
export function open(text = "") {
  if (!dialog().open) dialog().showModal();
  clear();
  field().value = text;
  if (text) check();
}

export function start() {
  document.addEventListener("dialog:open", (event) => {
    if (event.target === dialog()) clear();
  });
  document.getElementById("seal-form").addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
}
