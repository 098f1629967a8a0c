// The form of a part of the set-up: each field is checked when it is left, by what checks an import.
import { start } from "./staff.js";

start();

const form = document.getElementById("part-form");
const touched = new Set();
let asked = 0; // counts checks: an answer that comes late is not shown
let isDirty = false;

function say(field, text) {
  const line = document.getElementById(`problem-${field.dataset.field}`);
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
  for (const one of field.querySelectorAll("input, select")) one.toggleAttribute("aria-invalid", Boolean(text));
}

async function check() {
  const mine = ++asked;
  try {
    const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (mine !== asked || !answer.ok) return;
    const problems = await answer.json();
    for (const field of form.querySelectorAll("[data-field]"))
      if (touched.has(field.dataset.field)) say(field, problems[field.dataset.field] ?? "");
  } catch {
    // No line: what is typed is checked when it is stored.
  }
}

form?.addEventListener("change", (event) => {
  isDirty = true;
  const field = event.target.closest("[data-field]");
  if (!field) return;
  touched.add(field.dataset.field);
  check();
});
form?.addEventListener("submit", () => (isDirty = false));
addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
