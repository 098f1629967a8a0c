// Applications of the visit at the counter: read when the visit comes, when one is named, and after each was moved.
import * as live from "./live.js";

let shown = "";

function tell(list, words) {
  list.replaceChildren(Object.assign(document.createElement("li"), { className: "second", textContent: words }));
}

export async function draw() {
  const of = document.getElementById("applications-of");
  if (!of) {
    shown = "";
    return;
  }
  const wanted = of.dataset.key;
  if (wanted === shown) return;
  shown = wanted;
  const list = document.getElementById("applications");
  tell(list, of.dataset.count === "0" ? list.dataset.none : "");
  if (of.dataset.count === "0") return;
  try {
    const answer = await fetch("/counter/applications");
    const text = await answer.text();
    if (shown !== wanted) return;
    if (answer.ok) list.innerHTML = text;
    else tell(list, list.dataset.failed);
  } catch {
    if (shown !== wanted) return;
    tell(list, list.dataset.failed);
    shown = "";
  }
}

export function start() {
  document.addEventListener("act:done", (event) => {
    if (event.detail.act !== "move") return;
    shown = "";
    live.refresh();
  });
  // Who types a reference means that one, and not a new one.
  document.addEventListener("input", (event) => {
    const { form, name, value } = event.target;
    const existing = form?.querySelector(`[data-with="${CSS.escape(name ?? "")}"]`);
    if (existing && value) existing.checked = true;
  });
  document.addEventListener("change", (event) => {
    const { form, checked, type, dataset } = event.target;
    if (type !== "radio" || !checked || !form?.elements.reference || dataset.reason) return;
    if (dataset.with) form.elements[dataset.with].focus();
    else if (form.querySelector("[data-with]")) form.elements.reference.value = "";
  });
}
