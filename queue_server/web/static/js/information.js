// Where managers write what people read: a preview while they type, and storing all languages of a page at once.
import { newKey, refusal } from "./acts.js";
import { start } from "./staff.js";

start();

const PAUSE_MS = 400;
const editor = document.getElementById("editor");
const page = document.getElementById("page");

async function post(path, body) {
  const headers = {
    "Content-Type": "application/json",
    "Idempotency-Key": newKey(),
    "X-CSRF-Token": page.dataset.csrf,
  };
  try {
    const answer = await fetch(`${editor.dataset.api}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return [answer.ok, await answer.json()];
  } catch {
    return [false, { code: "" }];
  }
}

function say(problem) {
  const line = document.getElementById("editor-said");
  const { language, line: at, placeholder, contact, field } = problem?.placeholders ?? {};
  const where = [language, at, placeholder, contact, field].filter(Boolean).join(" · ");
  line.textContent = problem ? refusal(problem.code ?? "") + (where ? ` (${where})` : "") : "";
  line.hidden = !problem;
  if (problem) line.scrollIntoView({ block: "nearest" });
}

const part = (within, name) => within.querySelector(`[data-part="${name}"]`);

function spoken(within, kind) {
  const found = {};
  for (const input of within.querySelectorAll(`[data-${kind}]`))
    if (input.value.trim()) found[input.dataset[kind]] = input.value.trim();
  return found;
}

function written() {
  const body = { version: Number(editor.dataset.version), texts: {}, confirmed: [], contacts: [] };
  for (const name of ["kind", "owner", "reviewed", "valid_until", "government", "service"])
    if (editor.elements[name].value.trim()) body[name] = editor.elements[name].value.trim();
  for (const column of editor.querySelectorAll("[data-language]")) {
    const title = part(column, "title").value.trim();
    const text = part(column, "text").value.replace(/\r\n/g, "\n").trim();
    if (title || text) body.texts[column.dataset.language] = { title, text };
    if (part(column, "confirmed")?.checked) body.confirmed.push(column.dataset.language);
  }
  for (const one of editor.querySelectorAll("[data-contact]")) {
    const telephone = part(one, "telephone").value.trim();
    const name = spoken(one, "name");
    if (telephone || Object.keys(name).length) body.contacts.push({ telephone, name, hours: spoken(one, "hours") });
  }
  return body;
}

let isDirty = false;
let asked = 0; // counts previews: one that comes late is not shown
let waits;

function blockOf({ kind, text, value }) {
  const names = { heading: "h4", paragraph: "p", item: "p", row: "p" };
  const element = document.createElement(names[kind]);
  element.className = kind;
  for (const words of kind === "row" ? [text, value] : [value, text]) {
    if (!words) continue;
    element.append(Object.assign(document.createElement("span"), { textContent: words }));
  }
  return element;
}

async function preview(column) {
  const mine = ++asked;
  const text = part(column, "text").value;
  if (!text.trim()) return;
  const [ok, answer] = await post("/preview", { language: column.dataset.language, text });
  if (mine !== asked) return;
  say(ok ? null : answer);
  if (!ok) return;
  const shown = document.getElementById("preview");
  const language = column.dataset.language;
  document.getElementById("preview-language").textContent = language;
  for (const place of shown.querySelectorAll("[data-title], [data-html], [data-blocks]")) {
    place.lang = language;
    place.dir = "auto";
  }
  for (const place of shown.querySelectorAll("[data-title]")) place.textContent = part(column, "title").value;
  // The server has cleaned it: it is what people get.
  shown.querySelector("[data-html]").innerHTML = answer.html;
  shown.querySelector("[data-blocks]").replaceChildren(...answer.blocks.map(blockOf));
  shown.hidden = false;
}

async function save() {
  // An error in an older preview must not hide the answer to this request.
  clearTimeout(waits);
  asked += 1;
  const topic = editor.dataset.topic || editor.elements.topic.value.trim();
  const [ok, answer] = await post(`/pages/${encodeURIComponent(topic)}`, written());
  if (!ok) return say(answer);
  isDirty = false;
  location.assign(`${editor.dataset.list}?done=saved`);
}

if (editor) {
  editor.addEventListener("input", (event) => {
    isDirty = true;
    const column = event.target.closest("[data-language]");
    clearTimeout(waits);
    if (column && !document.getElementById("preview").hidden) waits = setTimeout(() => preview(column), PAUSE_MS);
  });
  editor.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.requestSubmit();
  });
  editor.addEventListener("click", async (event) => {
    const column = event.target.closest("[data-language]");
    if (event.target.closest("[data-preview]")) {
      await preview(column);
      document.getElementById("preview").scrollIntoView({ block: "nearest" });
    }
    if (!event.target.closest("#remove-page")) return;
    const [ok, answer] = await post(`/pages/${editor.dataset.topic}/remove`, { version: Number(editor.dataset.version) });
    if (!ok) return say(answer);
    isDirty = false;
    location.assign(`${editor.dataset.list}?done=removed`);
  });
  addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
}
