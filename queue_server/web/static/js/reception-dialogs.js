// The dialogs of the ticket in the hand: change, category, cancel, join a family, notes. Each opening has its own key.
import { newKey, whileSending } from "./acts.js";
import * as live from "./live.js";
import { isSeal } from "./wedge.js";
import { NoAnswer, codeElement, get, lookUp, note, post, words } from "./reception-ask.js";
import * as find from "./reception-find.js";
import { word } from "./reception-issue.js";
import { Picker } from "./reception-picker.js";
import * as seal from "./seal.js";

const dialog = (name) => document.getElementById(name);
let visit = null; // what the open dialog is about
let keys = new Map(); // one key for each request of an opening
let picker = null;

const keyOf = (request) => keys.get(request) ?? keys.set(request, newKey()).get(request);

const base = () => document.getElementById("issue").dataset.url;

function complain(name, text) {
  const line = dialog(name).querySelector(".error");
  line.lastElementChild.textContent = text;
  line.hidden = !text;
}

// Gives what is wrong with the first one that is refused, nothing where all were done.
async function refusalOf(requests) {
  for (const [url, body] of requests) {
    const { ok, data } = await post(url, body, keyOf(url + JSON.stringify(body)));
    if (!ok) return data;
  }
  return null;
}

// Posts for an open dialog; says what went wrong in it, and closes it where all went well.
async function finish(name, requests) {
  if (live.isAway()) {
    complain(name, note("away"));
    return;
  }
  complain(name, "");
  const button = dialog(name).querySelector("button.filled");
  if (button.disabled) return;
  button.disabled = true;
  const slow = setTimeout(() => saySending(button), Number(document.getElementById("page").dataset.slow));
  try {
    const refusal = await whileSending(() => refusalOf(requests));
    if (refusal) {
      keys = new Map();
      complain(name, words(refusal));
    } else dialog(name).close();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    complain(name, note("unanswered"));
  } finally {
    clearTimeout(slow);
    dialog(name).querySelector(".sending")?.remove();
    button.disabled = false;
    live.refresh();
  }
}

function saySending(button) {
  const line = Object.assign(document.createElement("p"), { className: "second sending", textContent: note("sending") });
  line.setAttribute("role", "status");
  button.parentElement.before(line);
}

const opened = {
  change() {
    picker ??= new Picker(dialog("change-picker"), JSON.parse(document.getElementById("issue").dataset.offer), {
      done: () => dialog("change").querySelector("form").requestSubmit(),
    });
    picker.set(visit.services);
    dialog("change-party").value = visit.party_size;
    const language = dialog("change-language");
    if (![...language.options].some((option) => option.value === visit.language)) language.add(new Option(visit.language, visit.language));
    language.value = visit.language;
    picker.input.focus();
  },
  category() {
    const radio = dialog("category").querySelector(`input[value="${visit.category}"]`) ?? dialog("category").querySelector("input");
    radio.checked = true;
    radio.focus();
  },
  cancel() {
    dialog("cancel").querySelector("[data-close].button").focus();
  },
  merge() {
    dialog("family").replaceChildren();
    dialog("merge-code").value = "";
    addToFamily({ visit: visit.id, code: visit.code, what: document.querySelector("#hand h3").textContent, state: "", joinable: true });
    dialog("merge-code").focus();
  },
  async noting() {
    dialog("note-text").value = "";
    dialog("note-text").focus();
    dialog("notes-list").replaceChildren();
    const mine = visit;
    try {
      const { ok, data } = await get(`${base()}/${mine.id}/notes`);
      if (mine === visit) ok ? drawNotes(data.notes) : complain("noting", words(data));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      complain("noting", note("unanswered"));
    }
  },
};

function drawNotes(notes) {
  const list = dialog("notes-list");
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: document.getElementById("page").dataset.zone, timeStyle: "short" });
  list.replaceChildren(
    ...notes.map((one) => {
      const item = document.createElement("li");
      const by = document.createElement("span");
      by.className = "second";
      by.textContent = [one.by, time.format(new Date(one.at))].join(list.dataset.comma);
      const text = document.createElement("span");
      text.dir = "auto";
      text.textContent = one.text;
      item.append(by, text);
      return item;
    }),
  );
  if (notes.length) return;
  const none = document.createElement("li");
  none.textContent = list.dataset.none;
  list.append(none);
}

const submitted = {
  change() {
    const body = { services: picker.chosen, party_size: Number(dialog("change-party").value), language: dialog("change-language").value };
    if (!body.services.length) {
      complain("change", document.getElementById("issue-note").dataset.empty);
      picker.input.focus();
      return;
    }
    if (!(Number.isInteger(body.party_size) && body.party_size >= 1 && body.party_size <= 20)) {
      complain("change", word("party"));
      dialog("change-party").focus();
      return;
    }
    finish("change", [[`${base()}/${visit.id}/change`, body]]);
  },
  category() {
    finish("category", [[`${base()}/${visit.id}/reclassify`, { category: dialog("category").querySelector("input:checked").value }]]);
  },
  cancel() {
    finish("cancel", [[`${base()}/${visit.id}/cancel`, {}]]);
  },
  async merge() {
    if (dialog("merge-code").value.trim()) {
      await look();
      return;
    }
    const into = dialog("family").querySelector("input:checked")?.value;
    const others = [...dialog("family").querySelectorAll("input")].map((radio) => radio.value).filter((id) => id !== into);
    if (!others.length) {
      complain("merge", familyWord("two"));
      dialog("merge-code").focus();
      return;
    }
    await finish("merge", others.map((id) => [`${base()}/${id}/merge`, { into }]));
    if (!dialog("merge").open) find.show(into);
  },
  noting() {
    const text = dialog("note-text").value.trim();
    if (text) finish("noting", [[`${base()}/${visit.id}/notes`, { text }]]);
    else dialog("note-text").focus();
  },
};

const familyWord = (name) => dialog("merge").querySelector(`.dialog-words [data-word="${name}"]`).textContent;

function addToFamily(known) {
  const list = dialog("family");
  if ([...list.querySelectorAll("input")].some((radio) => radio.value === known.visit)) return;
  const item = document.createElement("li");
  const label = document.createElement("label");
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "into";
  radio.value = known.visit;
  radio.checked = list.children.length === 0;
  const what = document.createElement("span");
  what.textContent = [known.what, known.state].filter(Boolean).join(" · ");
  label.append(radio, codeElement(known.code), what);
  item.append(label);
  if (list.children.length) {
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "link";
    remove.textContent = dialog("merge").querySelector("form").dataset.remove;
    remove.addEventListener("click", () => {
      item.remove();
      if (!list.querySelector("input:checked")) list.querySelector("input").checked = true;
    });
    item.append(remove);
  }
  list.append(item);
}

// Adds what was typed or scanned; several numbers may stand beside each other.
async function look(text = dialog("merge-code").value) {
  complain("merge", "");
  const field = dialog("merge-code");
  try {
    for (const one of text.match(/\S*\/t\/\S+|[a-z][\s-]*\d+/gi) ?? [text]) {
      const known = await lookUp(one);
      if (!known) complain("merge", familyWord("unknown"));
      else if (!known.joinable) complain("merge", familyWord("over"));
      else addToFamily(known);
    }
    if (dialog("merge").querySelector(".error").hidden) field.value = "";
    field.focus();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    complain("merge", note("unanswered"));
  }
}

// A scan while a family is joined belongs to it, and while another dialog is open to nobody.
export function scanned(text) {
  const open = document.querySelector("dialog[open]");
  // A seal belongs to the ticket in the hand.
  if (isSeal(text) && (!open || open.id === "seal")) {
    seal.open(text);
    return true;
  }
  if (open?.id === "merge") look(text);
  return open !== null;
}

function open(name) {
  visit = JSON.parse(document.querySelector("#hand [data-visit]").dataset.visit);
  keys = new Map();
  const code = dialog(name).querySelector(".dialog-code");
  code?.replaceChildren(codeElement(visit.code));
  complain(name, "");
  dialog(name).showModal();
  opened[name]();
}

export function start() {
  seal.start();
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener && !live.isAway()) opener.dataset.open === "seal" ? seal.open() : open(opener.dataset.open);
    if (event.target.closest("#merge-add")) look();
  });
  for (const name of Object.keys(submitted))
    dialog(name)
      .querySelector("form")
      .addEventListener("submit", (event) => {
        event.preventDefault();
        submitted[name]();
      });
}
