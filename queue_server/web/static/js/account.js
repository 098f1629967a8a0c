// The page of one's own account has nothing beyond every page of staff.
import { start } from "./staff.js";

// What somebody is typing here is not taken away by a newer release.
document.addEventListener("live:newer", (event) => {
  if (document.querySelector("#page input[type=password]:focus")) event.preventDefault();
});
start();
