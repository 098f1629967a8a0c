// The page of who waits. What is asked for stands in the address, so a filter, a visit or the words looked for can be
// sent to a colleague; the page is drawn anew without being loaded anew.
import * as live from "./live.js";
import * as notes from "./notes.js";
import { start } from "./staff.js";

const page = document.getElementById("page");

// Asks for another list: the address first, then what is drawn.
function ask(search) {
  history.replaceState(null, "", `/waiting${search}`);
  page.setAttribute("hx-get", `/waiting/page${search}`);
  live.refresh();
}

const rows = () => Array.from(document.querySelectorAll("[data-row]"));

// The row above or below the chosen one; the first, where none is.
function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return;
  ask(new URL(next.href).search);
  next.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || live.isAway()) return;
  event.preventDefault();
  ask(new URL(link.href).search);
});
document.addEventListener("input", (event) => {
  if (event.target.id !== "q") return;
  const asked = new URLSearchParams(location.search);
  if (event.target.value.trim()) asked.set("q", event.target.value.trim());
  else asked.delete("q");
  const text = asked.toString();
  ask(text ? `?${text}` : "");
});
document.addEventListener("submit", (event) => {
  if (event.target.id === "look-for") event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.code === "ArrowDown" || event.code === "ArrowUp") {
    event.preventDefault();
    move(event.code === "ArrowDown" ? 1 : -1);
  } else if (event.code === "Escape" && event.target.id === "q") event.target.blur();
});
// Whoever was called is at the counter now.
document.addEventListener("act:done", (event) => {
  if (event.detail.act === "call-here") location.assign("/counter");
});
document.addEventListener("live:newer", (event) => {
  if (document.querySelector("dialog[open]")) event.preventDefault();
});
start({ swapped: [notes.draw] });
notes.draw();
