// One after the other: a scan, another view and a key begin once those before them are done. What was asked for takes a
// moment to come, and until then the page shows what was there before: what somebody presses right behind a scan is
// meant for what was scanned. While the page is locked nobody is there for whom it could go on: what waited then is
// given up.
import * as live from "./live.js";

const page = document.getElementById("page");
let turn = Promise.resolve();
let waiting = 0; // how many are at work, or wait for their turn
let run = 0; // those of an earlier run are not begun, or not gone on with, any more
let asked; // says what the page shall show
let shown; // what it shows
let coming = false; // whether what was asked for is being fetched

// Whether the page shows something else than it soon may.
export const isUnderWay = () => waiting > 0 || shown !== asked();

// Begins work when it is its turn. It is given a function that says whether it may go on.
export function take(work) {
  const mine = run;
  waiting += 1;
  turn = turn
    .then(() => mine === run && work(() => mine === run))
    .catch(reportError)
    .finally(() => {
      waiting -= 1;
    });
}

// Gives up all that is at work or waits for its turn; says whether anything did.
export function giveUp() {
  run += 1;
  return waiting > 0;
}

// Fetches what the page shall show now.
export function refresh() {
  coming = true;
  live.refresh();
}

// Waits until the page shows what was asked for; gives false where it did not come. It is fetched again then.
export async function arrived() {
  if (shown === asked()) return true;
  if (!coming) refresh();
  while (coming) await new Promise((resolve) => page.addEventListener("htmx:finally:request", resolve, { once: true }));
  return shown === asked();
}

// ``what`` says what the page shall show, as a text, and ``by`` the same of a request. ``gaveUp`` is told where the page
// was locked while something waited.
export function start({ what, by, gaveUp }) {
  asked = what;
  shown = what();
  page.addEventListener("htmx:after:swap", ({ detail }) => {
    shown = by(detail.ctx.request);
  });
  page.addEventListener("htmx:finally:request", ({ detail }) => {
    if (by(detail.ctx.request) === asked()) coming = false;
  });
  document.addEventListener("lock:locked", () => giveUp() && gaveUp());
}
