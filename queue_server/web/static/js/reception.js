// The reception page: the form that issues, the ticket in the hand, the list, the dialogs, and the hand scanner that
// types into any of them.
import * as arrival from "./reception-arrival.js";
import * as checklist from "./checklist.js";
import * as desk from "./desk.js";
import * as dialogs from "./reception-dialogs.js";
import * as find from "./reception-find.js";
import * as issue from "./reception-issue.js";
import * as live from "./live.js";
import * as seal from "./seal.js";
import { start } from "./staff.js";
import * as turn from "./turn.js";
import * as wedge from "./wedge.js";

// Keys that are about the ticket in the hand: what is brought for it, its paper, and the document that is read for it.
const OF_HAND = new Set(["F3", "F7", "F8"]);

// Function keys work in every field: digits and letters are what one types here.
function onKeydown(event) {
  if (event.code === "F4" && event.shiftKey && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    // It is read out as it gets the focus.
    document.getElementById("how-long").focus();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !/^F\d+$/.test(event.code)) return;
  if (document.querySelector("dialog[open]")) return;
  const target =
    event.code === "F9"
      ? document.querySelector(".help button")
      : event.code === "F10"
        ? document.querySelector(".wishes .wish-acts button")
        : document.querySelector(`[data-fkey="${event.code}"]`);
  const waits = OF_HAND.has(event.code) && turn.isUnderWay();
  if (!target && !waits) return;
  event.preventDefault();
  if (event.repeat) return;
  if (waits) turn.take((mayGoOn) => press(event.code, mayGoOn));
  else if (event.code === "F10" || target.matches("input")) target.focus();
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

// Does something with the ticket that was asked for, once it is in the hand.
async function withHand(mayGoOn, work) {
  const isThere = await turn.arrived();
  if (!mayGoOn()) return;
  if (isThere) await work();
  else find.sayNotCome();
}

const press = (code, mayGoOn) =>
  withHand(mayGoOn, () => {
    if (!document.querySelector("dialog[open]")) document.querySelector(`[data-fkey="${code}"]`)?.click();
  });

const follow = async (text) => dialogs.scanned(text) || (await find.scanned(text));

// A seal is on the paper of the ticket in the hand.
const onScan = (text) =>
  turn.take((mayGoOn) => (wedge.isSeal(text) ? withHand(mayGoOn, () => follow(text)) : follow(text)));

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
const asked = document.getElementById("asked").elements;
const looks = () => [asked.visit.value, document.getElementById("find").value, asked.only.value, asked.service.value];
start({ swapped: [issue.draw, find.draw, desk.draw, checklist.draw], away: [issue.draw], looks });
arrival.start();
checklist.start();
desk.start();
document.addEventListener("desk:scan", ({ detail }) => wedge.isScan(detail.text) && onScan(detail.text));
document.addEventListener("desk:seal", ({ detail }) => turn.take((mayGoOn) => withHand(mayGoOn, () => seal.open(detail.text))));
// A pointer was aimed at the ticket that was in the hand before.
document.addEventListener(
  "click",
  (event) => {
    if (!event.isTrusted || !turn.isUnderWay() || !event.target.closest("#hand :is(a, button)")) return;
    event.preventDefault();
    event.stopPropagation();
    find.sayNotCome();
  },
  { capture: true },
);
