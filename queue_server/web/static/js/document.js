// What the documents of the visit at the counter came to. Reading them is recorded, so they are read once for each visit,
// and again only when the visit names another application or its party changes; all of it but the line is for the dialog.
import * as face from "./face.js";

// What changes what is said of a document.
const ANEW = new Set(["correct-document", "read-document", "compare-face"]);

let shown = "";
let stale = false; // something changed it: it is read again
let kept = false; // meanwhile the face stays where it is

document.addEventListener("act:done", (event) => {
  if (!ANEW.has(event.detail.act)) return;
  stale = true;
  draw();
});

document.addEventListener("seal:read", () => {
  stale = true;
  draw();
});

export async function draw() {
  const place = document.getElementById("document");
  if (!place) {
    shown = "";
    face.draw();
    return;
  }
  const wanted = document.getElementById("document-of").dataset.key;
  if (wanted === shown && !stale) {
    if (!kept) face.draw();
    return;
  }
  const other = !shown || shown.split(" ")[0] !== wanted.split(" ")[0];
  shown = wanted;
  kept = stale && !other;
  // That of the visit before never stands beside this one, and nothing is said that is not so any more.
  if (other || stale) place.textContent = place.dataset.wait;
  stale = false;
  if (!kept) face.draw();
  try {
    const answer = await fetch("/counter/document");
    const text = await answer.text();
    if (shown !== wanted) return;
    kept = false;
    if (answer.ok) place.innerHTML = text;
    else place.textContent = place.dataset.failed;
    face.draw();
  } catch {
    if (shown !== wanted) return;
    kept = false;
    place.textContent = place.dataset.failed;
    shown = "";
    face.draw();
  }
}
