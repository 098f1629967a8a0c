// One after the other at the custody desk: a scan, another view and a function key begin once those before them are done.
// What was asked for takes a moment to come, and until then the page shows the document before: what somebody presses
// right behind a scan is meant for what was scanned.
import * as live from "./live.js";

const page = document.getElementById("page");
let turn = Promise.resolve();
let waiting = 0; // how many are at work, or wait for their turn
let run = 0; // those of an earlier run are not begun any more
let shown = asked(); // the address of what the page shows
let coming = false; // whether what was asked for is being fetched

// As htmx writes the addresses that it fetches.
function asked() {
  const { pathname, search } = new URL(page.getAttribute("hx-get"), document.baseURI);
  return pathname + search;
}

// Whether the page shows something else than it soon may.
export const isUnderWay = () => waiting > 0 || shown !== asked();

export function take(work) {
  const mine = run;
  waiting += 1;
  turn = turn
    .then(() => mine === run && work())
    .catch(reportError)
    .finally(() => {
      waiting -= 1;
    });
}

// Gives up all that waits for its turn.
export function giveUp() {
  run += 1;
}

// Has the page show what is at another address.
export function ask(address) {
  page.setAttribute("hx-get", address);
  coming = true;
  live.refresh();
}

// Waits until the page shows what was asked for; gives false where it did not come. It is fetched again then.
export async function arrived() {
  if (shown === asked()) return true;
  if (!coming) ask(page.getAttribute("hx-get"));
  while (coming) await new Promise((resolve) => page.addEventListener("htmx:finally:request", resolve, { once: true }));
  return shown === asked();
}

page.addEventListener("htmx:after:swap", ({ detail }) => {
  shown = detail.ctx.request.action;
});
page.addEventListener("htmx:finally:request", ({ detail }) => {
  if (detail.ctx.request.action === asked()) coming = false;
});
