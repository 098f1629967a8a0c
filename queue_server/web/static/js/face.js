// The picture from a chip stands beside the visit while it is served, and at no other time. What came with the documents
// lies in a template until then, so that nothing is loaded before: each look at a picture is recorded.
let place;
let shown = "";

export function draw() {
  const here = document.getElementById("faces");
  if (here !== place) shown = "";
  place = here;
  if (!place) return;
  const source = document.querySelector("#document template[data-faces]");
  const serving = document.querySelector("[data-stage]")?.dataset.stage === "serving";
  const wanted = serving && source ? source.innerHTML : "";
  if (wanted === shown) return;
  shown = wanted;
  place.replaceChildren(...(wanted ? [source.content.cloneNode(true)] : []));
  for (const image of place.querySelectorAll("img"))
    image.addEventListener("error", () => image.replaceWith(place.dataset.failed), { once: true });
}
