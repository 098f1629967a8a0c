// The paper of a ticket or a receipt: prints by itself, since it was asked for by a press on Print, and goes when it is
// printed. Where this desk has a receipt printer of its own it can come out there instead. Of a ticket the server is told.
import * as desk from "./paper-desk.js";
import { tell } from "./paper-told.js";

async function leave() {
  await tell();
  window.close();
}

document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("afterprint", leave);
window.addEventListener("load", async () => {
  await document.fonts.ready;
  if (!(await desk.print(leave))) window.print();
});
