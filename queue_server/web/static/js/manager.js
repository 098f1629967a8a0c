// The manager page: what it has beyond every page of staff.
import * as hold from "./hold.js";
import { start } from "./staff.js";

const form = document.getElementById("announce-form");
const own = document.getElementById("own");
let shown = ids();

function ids() {
  return new Set(Array.from(document.querySelectorAll("[data-notice]"), (element) => element.dataset.notice));
}

// Fields for a text of one's own are there only while that is what shall be shown; one of them must be filled.
function drawOwn() {
  const chosen = form.elements.text.value === "own";
  own.hidden = own.disabled = !chosen;
  const fields = Array.from(own.querySelectorAll("input"));
  const filled = fields.some((field) => field.value.trim());
  fields.forEach((field, index) => {
    field.required = chosen && !filled && index === 0;
  });
}

// A new notice is up: what was typed for it is not needed any more. After a refusal nothing that was typed is lost.
function forget() {
  const now = ids();
  if ([...now].some((id) => !shown.has(id))) {
    form.reset();
    drawOwn();
  }
  shown = now;
}

// Nothing can be sent without a line: the band behind an open form says so. What was typed stays in it.
function leave() {
  for (const dialog of document.querySelectorAll("dialog[open]:has(form[data-act])")) dialog.close();
}

start({ swapped: [forget], away: [leave] });
for (const kind of ["input", "change"]) form.addEventListener(kind, drawOwn);
drawOwn();
hold.start(document.getElementById("emergency-form"), document.getElementById("hold"));
