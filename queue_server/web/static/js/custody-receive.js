// Handing in: what was handed in last is shown with its label, so that a scan of a place lays it there. Government, case and
// how somebody is told stay for the next document of the same person; the rest begins anew.
const form = () => document.getElementById("receive-form");
const KEPT = ["government", "application", "visit", "contact.email", "contact.telephone", "contact.language"];

// Whether a field says something else than it does on a new page.
function isFilled(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return Array.from(field.options).some((one) => one.selected !== one.defaultSelected);
  return field.type === "hidden" ? field.value !== "" : "defaultValue" in field && field.value !== field.defaultValue;
}

function clear(kept) {
  const values = kept.map((name) => [name, form().elements[name].value]);
  form().reset();
  for (const [name, value] of [["visit", ""], ...values]) form().elements[name].value = value;
}

export function start({ ask, focus, say }) {
  // Once something is sent nothing was handed in just now until it is answered: a place that is scanned after a refusal, or
  // a cut, lays nothing of before there. Capture: the address changes before what is sent is answered.
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form()) return;
      say("", "");
      if (new URLSearchParams(location.search).has("item")) ask("?view=receive");
    },
    { capture: true },
  );
  document.addEventListener("act:done", ({ detail }) => {
    if (detail.act !== "receive" || !detail.answer.item) return;
    clear(KEPT);
    ask(`?view=receive&item=${detail.answer.item.id}`);
    focus();
  });
  // What was typed for the next document is not thrown away for a newer release.
  document.addEventListener("live:newer", (event) => Array.from(form()?.elements ?? []).some(isFilled) && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (event.target.closest("#act-next-person")) {
      clear(["government"]);
      ask("?view=receive");
      focus();
    }
    const last = document.getElementById("last");
    if (event.target.closest("#act-show-last:not([aria-disabled=true])") && last) ask(`?view=item&item=${last.dataset.item}`);
  });
}
