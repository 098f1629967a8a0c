// Of several fields of a form (data-either, their names) one at least says something: which is theirs.
function need(form) {
  const fields = form.dataset.either.split(" ").map((name) => form.elements[name]);
  for (const field of fields) field.required = !fields.some((other) => other !== field && other.value.trim());
}

export function start() {
  document.addEventListener("input", ({ target }) => {
    if (target.form?.matches("form[data-either]")) need(target.form);
  });
}
