// The program beside this browser (`peripherals serve`): how a page asks it, and what it says line by line. A fault has
// the code of the program, or one of the page's own where nothing answers.
const KEPT = "desk-pairing";

export class Fault extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const isPaired = () => localStorage.getItem(KEPT) !== null;

export const forget = () => localStorage.removeItem(KEPT);

// Asks; nothing of the browser but the pairing goes along.
export async function ask(port, path, { body, type = "application/json", signal } = {}) {
  const token = localStorage.getItem(KEPT);
  const headers = {};
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = type;
  let answer;
  try {
    answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined || type !== "application/json" ? body : JSON.stringify(body),
      signal,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Fault("desk-unreachable");
  }
  if (answer.ok) return answer;
  const { code = "" } = await answer.json().catch(() => ({}));
  // It was revoked: another one is made.
  if (code === "desk-unpaired") forget();
  throw new Fault(code);
}

export async function pair(port, code) {
  const [, name = "Browser"] = /(Firefox|Edg|Chrome|Safari)\//.exec(navigator.userAgent) ?? [];
  const answer = await ask(port, "/v1/pair", { body: { code, name } });
  localStorage.setItem(KEPT, (await answer.json()).token);
}

// Gives what a line says, without its beats, until it ends.
export async function* news(answer, signal) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      let part;
      try {
        part = await reader.read();
      } catch (error) {
        if (signal?.aborted) throw error;
        throw new Fault("desk-unreachable");
      }
      if (part.done) return;
      const texts = (rest + part.value).split("\n");
      rest = texts.pop();
      for (const text of texts) {
        const said = JSON.parse(text);
        if (!said.beat) yield said;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
