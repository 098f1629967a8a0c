// Asks the server from the forms of the desk. A question that changes something has a key of its own, so that asking it
// again after an answer was lost is one action.
import { newKey, refusal } from "./acts.js";

// The line was cut, or the server is in trouble: whether it was done is not known.
export class NoAnswer extends Error {}

const page = document.getElementById("page");

async function send(url, options) {
  let answer;
  try {
    answer = await fetch(url, { ...options, signal: AbortSignal.timeout(Number(page.dataset.unanswered)) });
    if (answer.status === 401) location.reload();
    if (answer.status >= 500 || answer.status === 401) throw new NoAnswer();
    return { ok: answer.ok, data: await answer.json() };
  } catch {
    throw new NoAnswer();
  }
}

export const post = (url, body, key = newKey()) =>
  send(url, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRF-Token": page.dataset.csrf },
  });

export const get = (url) => send(url, {});

// Finds a ticket of today by its code, or by what its QR code says.
export async function lookUp(text) {
  const { data } = await send("/reception/find", { method: "POST", body: new URLSearchParams({ csrf: page.dataset.csrf, text }) });
  return data.found ?? null;
}

// Asks what the appointment is worth that was typed or scanned.
export const arrival = (text) =>
  send("/appointments/arrival", { method: "POST", body: new URLSearchParams({ csrf: page.dataset.csrf, text }) });

export const words = (problem) => refusal(problem.code ?? "");

export const note = (name) => document.querySelector(`#notes [data-note="${name}"]`).textContent;

export const spaced = (code) => `${code[0]}\u00a0${code.slice(1)}`;

export function codeElement(code) {
  const element = document.createElement("bdi");
  element.className = "code row";
  element.dir = "ltr";
  const digits = document.createElement("b");
  digits.textContent = code.slice(1);
  element.append(`${code[0]}\u00a0`, digits);
  return element;
}
