// The picture from a chip stands beside the visit while it is served, and at no other time. What came with the documents
// lies in a template until then, so that nothing is loaded before: each look at a picture is recorded. Of a party one
// stands there at a time, as large as there is room for.
let place;
let shown = "";
let of = ""; // the visit that is looked at
let at = 0; // which of its people
let answered = false; // somebody was just compared: whoever was not yet is next

const people = () => [...place.querySelectorAll(".faces > ul > li")];

function stand(index) {
  at = index;
  people().forEach((one, number) => (one.hidden = number !== at));
}

export function draw() {
  const here = document.getElementById("faces");
  if (here !== place) shown = "";
  place = here;
  if (!place) return;
  const source = document.querySelector("#document template[data-faces]");
  const serving = document.querySelector("[data-stage]")?.dataset.stage === "serving";
  const wanted = serving && source ? source.innerHTML : "";
  if (wanted === shown) return;
  const visit = document.getElementById("document-of").dataset.key.split(" ")[0];
  if (visit !== of) at = 0;
  of = visit;
  const before = new Map(Array.from(place.querySelectorAll("img"), (image) => [image.getAttribute("src"), image]));
  shown = wanted;
  place.replaceChildren(...(wanted ? [source.content.cloneNode(true)] : []));
  for (const image of place.querySelectorAll("img")) {
    // What is there already is not looked at once more.
    const same = before.get(image.getAttribute("src"));
    if (same) image.replaceWith(same);
    else image.addEventListener("error", () => image.replaceWith(place.dataset.failed), { once: true });
  }
  const open = answered ? people().findIndex((one) => one.dataset.compared === undefined) : -1;
  answered = false;
  stand(open >= 0 ? open : at < people().length ? at : 0);
}

document.addEventListener("act:done", (event) => {
  if (event.detail.act === "compare-face") answered = true;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-next-face]");
  if (!button) return;
  const focused = document.activeElement === button;
  stand((at + 1) % people().length);
  if (focused) people()[at].querySelector("[data-next-face]").focus();
});
