// The page of a day's staffing: once a change is made or taken back, the day is shown without it being asked for.
import { start } from "./staff.js";

document.addEventListener("act:done", (event) => {
  const day = document.getElementById("which-day").defaultValue;
  location.assign(`/staffing?day=${day}&done=${event.detail.act}`);
});
start();
