// Puts the parts of a page of staff together. Each part owns one subject and exports `start`. A page may give its own
// work: `swapped` runs after the page was drawn anew, `away` when the line is lost; `looks` says what it looks at, as
// its requests say it, so that nothing is drawn that was made for something else.
import * as acts from "./acts.js";
import * as chime from "./chime.js";
import * as clock from "./clock.js";
import * as dialogs from "./dialogs.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as lock from "./lock.js";
import * as news from "./news.js";

export function start({ swapped = [], away = [], looks } = {}) {
  const page = document.getElementById("page");
  clock.start(page);
  dialogs.start();
  lock.start(page);
  acts.start(page);
  keys.start();
  live.start(page, { swapped: [clock.draw, acts.draw, news.draw, chime.draw, ...swapped], away: [acts.draw, ...away], looks });
  chime.start(page);
  news.start();
}
