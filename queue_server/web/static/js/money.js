// A copy of a receipt is drawn by the server: without a line there is none.
import * as live from "./live.js";

export function start() {
  document.addEventListener("click", (event) => {
    if (live.isAway() && event.target.closest("a[target=paper]")) event.preventDefault();
  });
}
