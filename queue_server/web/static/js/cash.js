// The cash page: what it has beyond every page of staff.
import * as find from "./find.js";
import * as money from "./money.js";
import { start } from "./staff.js";

// A newer release waits until nobody is filling in a dialog.
document.addEventListener("live:newer", (event) => {
  if (document.querySelector("dialog[open]")) event.preventDefault();
});
find.start();
start();
money.start();
