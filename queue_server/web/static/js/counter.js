// The counter page: what it has beyond every page of staff.
import * as applications from "./applications.js";
import * as assist from "./assist.js";
import * as checklist from "./checklist.js";
import * as desk from "./desk.js";
import * as documents from "./document.js";
import * as find from "./find.js";
import * as money from "./money.js";
import * as notes from "./notes.js";
import * as seal from "./seal.js";
import { start } from "./staff.js";

// A newer release waits until nobody is filling in a dialog.
document.addEventListener("live:newer", (event) => {
  if (document.querySelector("dialog[open]")) event.preventDefault();
});
find.start();
start({ swapped: [notes.draw, applications.draw, documents.draw, checklist.draw, desk.draw] });
desk.start();
// What the scanner of this desk reads is looked for, as if it had been typed.
document.addEventListener("desk:scan", ({ detail }) => find.scanned(detail.text));
document.addEventListener("desk:seal", ({ detail }) => seal.open(detail.text));
assist.start();
applications.start();
money.start();
seal.start();
checklist.start();
notes.draw();
applications.draw();
documents.draw();
