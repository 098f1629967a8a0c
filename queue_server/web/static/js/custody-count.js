// Stock-taking: what is scanned is kept in the form until it is compared; each label once. What lies there and should not is
// seen at once, what should and does not only once everything was scanned: so nobody stops looking too soon.
import { isAway } from "./live.js";

const list = () => document.getElementById("seen");

// Why the page is not left: what was scanned and not yet compared would be lost. "" where it can be.
export const unfinished = () => (list()?.children.length ? list().dataset.unfinished : "");

function leave(search, ask) {
  list().replaceChildren();
  ask(search);
}

function add({ value, label, text, is_right: right }, say) {
  const seen = list();
  if (!seen) return;
  const known = [...seen.querySelectorAll("input")].some((one) => one.value === value);
  if (known) {
    say(seen.dataset.again.replace("#label", label), "good");
    return;
  }
  const item = document.createElement("li");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "seen", value });
  field.dataset.kind = "list";
  const name = Object.assign(document.createElement("bdi"), { dir: "ltr", className: "label", textContent: label });
  const what = Object.assign(document.createElement("span"), { className: right ? "" : "st bad", textContent: text });
  item.append(field, name, what);
  seen.prepend(item);
  document.getElementById("seen-count").textContent = seen.children.length;
  say(`${label}: ${text}`, right ? "good" : "bad");
}

export function start({ say, ask }) {
  document.addEventListener("scan:done", ({ detail }) => detail.seen && !isAway() && add(detail.seen, say));
  document.addEventListener("act:done", ({ detail }) => {
    if (detail.act !== "take-stock" || !detail.answer.id) return;
    const drawer = document.querySelector(".counting [name=drawer]").value;
    leave(`?view=count&drawer=${encodeURIComponent(drawer)}&count=${detail.answer.id}`, ask);
  });
  document.addEventListener("submit", (event) => event.target.matches("[data-give-up-count]") && leave("?view=count", ask));
  // What was scanned and not yet compared is not thrown away for a newer release.
  document.addEventListener("live:newer", (event) => unfinished() && event.preventDefault());
}
