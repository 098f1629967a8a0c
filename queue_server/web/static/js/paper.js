// The paper of a ticket or a receipt: prints by itself, since it was asked for by a press on Print, and goes when it is
// printed. Where this desk has a receipt printer of its own it can come out there instead.
import * as desk from "./paper-desk.js";

document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("afterprint", () => window.close());
window.addEventListener("load", async () => {
  await document.fonts.ready;
  if (!(await desk.print())) window.print();
});
