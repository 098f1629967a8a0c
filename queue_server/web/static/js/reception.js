// The reception page: the form that issues, the ticket in the hand, the list, the dialogs, and the hand scanner that
// types into any of them.
import * as desk from "./desk.js";
import * as dialogs from "./reception-dialogs.js";
import * as find from "./reception-find.js";
import * as issue from "./reception-issue.js";
import * as live from "./live.js";
import * as seal from "./seal.js";
import { start } from "./staff.js";
import * as wedge from "./wedge.js";

// Function keys work in every field: digits and letters are what one types here.
function onKeydown(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !/^F\d+$/.test(event.code)) return;
  if (document.querySelector("dialog[open]")) return;
  const target =
    event.code === "F9"
      ? document.querySelector(".help button")
      : event.code === "F10"
        ? document.querySelector(".wishes .wish-acts button")
        : document.querySelector(`[data-fkey="${event.code}"]`);
  if (!target) return;
  event.preventDefault();
  if (event.repeat) return;
  if (event.code === "F10" || target.matches("input")) target.focus();
  else target.click();
}

// Keys lead to a row or an answer, so Enter and Space press it: on other pages what has the focus may only be what was
// clicked last.
function onPress(event) {
  if (event.code !== "Enter" && event.code !== "Space" && event.code !== "NumpadEnter") return;
  if (!event.target.matches?.(".row-button, .wish-acts button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat) event.target.click();
}

async function onScan(text) {
  await issue.settled();
  if (!dialogs.scanned(text)) find.scanned(text);
}

// A paper is drawn by the server: without a line there is none.
document.addEventListener("click", (event) => {
  if (live.isAway() && event.target.closest("a[target=paper]")) event.preventDefault();
});
document.addEventListener("keydown", onKeydown);
wedge.start(() => Number(document.getElementById("issue").dataset.gap), onScan);
document.addEventListener("keydown", onPress, { capture: true });
find.start();
issue.start();
dialogs.start();
start({ swapped: [issue.draw, find.draw, desk.draw], away: [issue.draw] });
desk.start();
document.addEventListener("desk:scan", ({ detail }) => wedge.isScan(detail.text) && onScan(detail.text));
document.addEventListener("desk:seal", ({ detail }) => seal.open(detail.text));
