// Finding a visit: what is typed is looked for at the server, in all visits of today. A choice is only sent when it is
// one of what was found for what stands in the field now. It is asked for by POST: a scanner types a document's number
// into whatever has the focus, and no address may hold it.
let asking = null;
const lists = new WeakMap(); // search -> what it shows, as the server wrote it

const field = (search) => search.querySelector("[data-search]");
const isFresh = (search) => search.dataset.shown === field(search).value;

async function ask(search) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const wanted = field(search).value;
  const [path, query] = search.dataset.find.split("?");
  const asked = new URLSearchParams(query ?? "");
  asked.set("q", wanted);
  asked.set("csrf", document.getElementById("page").dataset.csrf);
  try {
    const answer = await fetch(path, { method: "POST", body: asked, signal: mine.signal });
    if (answer.status === 401) location.reload();
    if (!answer.ok) return false;
    const text = await answer.text();
    if (mine.signal.aborted) return false;
    // The same list stays, with what was chosen in it and what is being pressed.
    if (lists.get(search) !== text) search.querySelector("[data-found]").innerHTML = text;
    lists.set(search, text);
    search.dataset.shown = wanted;
    return isFresh(search);
  } catch {
    // Cut on the way: what is shown is old, and is not sent.
    return false;
  }
}

// What a scanner has read: into the search that is open, else into a new one. The address of a ticket says its number
// to the server alone.
export async function scanned(text) {
  const token = /\/t\/([A-Za-z0-9_-]{43})(?:[?#].*)?$/.exec(text)?.[1];
  const query = token ? await codeOf(token) : text;
  const open = document.querySelector("dialog[open]");
  const search = open?.querySelector("[data-find]");
  if (search) {
    field(search).value = query;
    ask(search);
  } else if (!open) {
    const opener = document.querySelector('[data-dialog="find"]');
    opener.dataset.query = query;
    opener.click();
    delete opener.dataset.query;
  }
}

async function codeOf(token) {
  const answer = await fetch(`${document.getElementById("assist").dataset.url.replace(/\/help$/, "")}/tickets/${token}`);
  return answer.ok ? (await answer.json()).visit.code : "";
}

export function start() {
  document.addEventListener("dialog:open", (event) => {
    const search = event.target.querySelector("[data-find]");
    if (!search) return;
    field(search).value = event.detail.query;
    delete search.dataset.shown;
    search.querySelector("[data-found]").replaceChildren();
    lists.delete(search);
    ask(search);
  });
  document.addEventListener("input", (event) => {
    const search = event.target.closest("[data-find]");
    if (search && event.target === field(search)) ask(search);
  });
  // From the field into the list, without the mouse.
  document.addEventListener("keydown", (event) => {
    if (event.code !== "ArrowDown" || !event.target.matches("[data-find] [data-search]")) return;
    const first = event.target.closest("[data-find]").querySelector("[data-found] input, [data-found] button");
    if (!first) return;
    event.preventDefault();
    first.focus();
  });
  // Before acts.js sends it.
  document.addEventListener(
    "submit",
    async (event) => {
      const search = event.target.closest("form[data-find]");
      if (!search || (isFresh(search) && search.querySelector("[data-found] input:checked"))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!isFresh(search) && (await ask(search)) && search.querySelector("[data-found] input:checked"))
        search.requestSubmit(event.submitter);
    },
    true,
  );
}
