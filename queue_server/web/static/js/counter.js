// The counter page: puts its parts together. Each part owns one subject and exports `start`.
import * as acts from "./acts.js";
import * as chime from "./chime.js";
import * as clock from "./clock.js";
import * as dialogs from "./dialogs.js";
import * as keys from "./keys.js";
import * as live from "./live.js";
import * as news from "./news.js";

const page = document.getElementById("page");
clock.start(page);
dialogs.start();
acts.start(page);
keys.start();
live.start(page, { swapped: [clock.draw, acts.draw, news.draw, chime.draw], away: [acts.draw] });
chime.start(page);
news.start();
