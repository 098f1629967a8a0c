// The reader of this desk in its dialog: paired once, then one document at a time for the visit that is here. What was
// read comes sealed and goes to the server as it is. Without the program, or without a pairing, the page is as it was.
import { newKey } from "./acts.js";
import * as agent from "./desk-agent.js";
import { isLocked } from "./lock.js";

const AGAIN_MS = 5000; // between two tries to follow the program

let dialog;
let reading = null; // what is being read: an AbortController
let parts = []; // how the devices are, as the program said last
let trust = "";
let following = false;
let wake = () => {}; // follows the program again at once

const part = (name) => dialog.querySelector(`[data-desk="${name}"]`);
const text = (kind, name) => document.querySelector(`#desk-texts [data-${kind}="${CSS.escape(name)}"]`);
const word = (name) => text("word", name)?.textContent ?? "";
const port = () => dialog.dataset.port;

// Whose document it is: of the visit at the counter, or in the hand at reception.
function visit() {
  const here = document.getElementById("document-of");
  if (here) return here.dataset.key.split(" ")[0];
  const hand = document.querySelector("#hand [data-visit]");
  return hand ? JSON.parse(hand.dataset.visit).id : "";
}

function complain(code, left) {
  const told = text("code", code) ?? text("code", "");
  part("means").textContent = told.textContent;
  part("do").textContent = left === 1 ? `${told.dataset.do} ${word("left-1")}` : told.dataset.do;
  part("code").textContent = code;
  part("problem").hidden = false;
}

const SHOWN = ["problem", "pair", "people", "going", "can", "parts", "unpair", "again"];

function show(...names) {
  for (const name of SHOWN) part(name).hidden = !names.includes(name);
}

function step(name, percent = 0) {
  part("step").textContent = word(name);
  part("bar").value = percent;
  part("bar").hidden = name !== "reading";
}

// How each device is, with what ails it; on the button of the page whether anything does.
export function draw() {
  if (!dialog) return;
  const bad = parts.some((one) => one.fault) || trust !== "";
  // What a scanner reads that is still starting is lost.
  const ready = parts.length > 0 && parts.every((one) => one.state !== "starting");
  for (const opener of document.querySelectorAll(".desk-open"))
    opener.dataset.deskState = !agent.isPaired() ? "none" : bad ? "bad" : ready ? "ready" : "none";
  for (const one of parts) {
    const row = part("parts").querySelector(`[data-part="${CSS.escape(one.name)}"]`);
    if (!row) continue;
    const said = row.querySelector("span");
    const state = { noDevice: "none", starting: "starting" }[one.state] ?? "ready";
    const told = one.fault && (text("code", one.fault) ?? text("code", ""));
    said.className = one.fault ? "bad" : "";
    said.textContent = told ? `${told.textContent} (${one.fault})` : text("state", state).textContent;
  }
}

function take(said) {
  if (said.parts) ({ parts, trust } = said);
  draw();
  // The page that is looked at gets what was scanned, and no other.
  if (!document.hasFocus() || isLocked()) return;
  if (said.scan) document.dispatchEvent(new CustomEvent("desk:scan", { detail: { text: said.scan } }));
  if (said.seal) document.dispatchEvent(new CustomEvent("desk:seal", { detail: { text: said.seal } }));
}

// Follows devices and scanner as long as this browser is paired.
async function follow() {
  if (following) return;
  following = true;
  while (agent.isPaired()) {
    try {
      const answer = await agent.ask(port(), "/v1/events");
      for await (const said of agent.news(answer)) {
        if (said.code === "desk-unpaired") agent.forget();
        take(said);
      }
    } catch (error) {
      if (!(error instanceof agent.Fault)) throw error;
    }
    parts = [];
    draw();
    if (agent.isPaired())
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, AGAIN_MS);
      });
  }
  following = false;
}

function stop() {
  reading?.abort();
  reading = null;
}

// Says what there is to do: pair, read for the visit that is here, or nothing but how the devices are.
async function begin() {
  stop();
  part("result").replaceChildren();
  show("going");
  step("asking");
  try {
    const answer = await agent.ask(port(), "/v1/desk");
    const said = await answer.json();
    if (String(said.version) !== dialog.dataset.version) throw new agent.Fault("desk-version");
    if (!said.paired) {
      toPair();
      return;
    }
    // How the devices are is said by the line that brings the scans: a desk is not ready before that is up.
    wake();
    follow();
    await toRead();
  } catch (error) {
    trouble(error, "again");
  }
}

function trouble(error, ...names) {
  if (!(error instanceof agent.Fault)) throw error;
  if (error.code === "desk-unpaired") {
    toPair();
    return;
  }
  show("problem", ...names);
  complain(error.code);
  draw();
  part("again").focus();
}

function toPair() {
  show("pair");
  part("digits").value = "";
  part("digits").focus();
  draw();
}

async function toRead() {
  const id = visit();
  if (!id) {
    show("going", "parts", "unpair");
    step("no-visit");
    return;
  }
  const answer = await fetch(`/desk/people/${id}`);
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new agent.Fault((await answer.json().catch(() => ({}))).code ?? "");
  part("people").innerHTML = await answer.text();
  const form = part("people").querySelector("form");
  show("people", "parts", "unpair");
  if (form.elements.person.length) form.querySelector("input:checked").focus();
  else read(form);
}

async function pair(event) {
  event.preventDefault();
  part("problem").hidden = true;
  try {
    await agent.pair(port(), part("digits").value.replace(/\D/g, ""));
    await begin();
  } catch (error) {
    if (!(error instanceof agent.Fault)) throw error;
    complain(error.code);
    part("digits").select();
    part("digits").focus();
  }
}

async function read(form) {
  stop();
  const mine = (reading = new AbortController());
  const { visit: id, key, url } = form.dataset;
  const person = Number(new FormData(form).get("person"));
  part("result").replaceChildren();
  show("going", "parts");
  step("asking");
  part("close").focus();
  try {
    const answer = await agent.ask(port(), "/v1/read", { body: { visit: id, key }, signal: mine.signal });
    for await (const said of agent.news(answer, mine.signal)) {
      if (said.code) throw new agent.Fault(said.code);
      if (said.state === "can") askCan(said.left);
      else if (said.state === "done") {
        await store(url, { sealed: said.sealed, person, ...(said.face && { face: said.face }) });
        await tell(form.dataset.document);
        return;
      } else {
        show("going", "parts");
        step(said.state, said.percent);
      }
    }
    throw new agent.Fault("desk-unreachable");
  } catch (error) {
    if (mine.signal.aborted) return;
    trouble(error, "again", "parts", "unpair");
  } finally {
    if (reading === mine) stop();
  }
}

function askCan(left) {
  show("can", "parts");
  part("left").textContent = left === 1 ? word("left-1") : "";
  part("can-digits").value = "";
  part("can-digits").focus();
}

async function giveCan(can) {
  show("going", "parts");
  step("reading");
  try {
    await agent.ask(port(), "/v1/can", { body: { can } });
  } catch (error) {
    trouble(error, "again", "parts");
  }
}

async function store(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": newKey(),
      "X-CSRF-Token": document.getElementById("page").dataset.csrf,
    },
    body: JSON.stringify(body),
  });
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new agent.Fault((await answer.json().catch(() => ({}))).code ?? "");
}

// Shows what it came to, and lets the page show it too.
async function tell(url) {
  show("going", "again", "parts");
  step("done");
  const answer = await fetch(url);
  if (answer.ok) part("result").innerHTML = await answer.text();
  document.dispatchEvent(new CustomEvent("act:done", { detail: { act: "read-document" } }));
  part("close").focus();
}

export function start() {
  dialog = document.getElementById("desk");
  if (!dialog) return;
  dialog.addEventListener("dialog:open", begin);
  dialog.addEventListener("close", stop);
  part("pair").addEventListener("submit", pair);
  part("people").addEventListener("submit", (event) => {
    event.preventDefault();
    read(event.target);
  });
  part("can").addEventListener("submit", (event) => {
    event.preventDefault();
    const can = part("can-digits").value.replace(/\D/g, "");
    if (can.length === 6) giveCan(can);
    else part("can-digits").focus();
  });
  part("no-can").addEventListener("click", () => giveCan(""));
  part("again").addEventListener("click", begin);
  part("unpair").addEventListener("click", () => {
    agent.forget();
    begin();
  });
  draw();
  follow();
}
