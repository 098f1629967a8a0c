// Times, and waits for them: what is better with scripts. Without them every step is a plain form, and waits instead.

const form = document.getElementById('times-form');
const button = form?.querySelector('button[type=submit]');
const state = document.getElementById('proof-state');
const waits = document.getElementById('wait-form');

// A browser that worked nothing out waits like one without scripts.
if (waits) setTimeout(() => waits.submit(), 1000 * Number(waits.dataset.wait));

if (button) {
  form.addEventListener('change', say);
  say();
}

// The button says what it goes on with.
function say() {
  const chosen = form.querySelector('input[name=at]:checked');
  if (chosen) button.textContent = `${button.dataset.continue} ${chosen.dataset.said}`;
}

// ALTCHA: the telephone computes while somebody looks at the times (web/booking/proof_of_work.py).
function solve(challenge) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(form.dataset.worker);
    worker.onmessage = ({data}) => (worker.terminate(), data && data.derivedKey ? resolve(data) : reject(data));
    worker.onerror = reject;
    worker.postMessage({type: 'work', challenge, counterStart: 0, counterStep: 1, counterMode: 'uint32', timeout: 300_000});
  });
}

// Worked out in vain, or not at all, the form goes without: then it waits, as without scripts.
if (button && form.dataset.proof && window.Worker && window.crypto && crypto.subtle) {
  const challenge = JSON.parse(form.dataset.proof);
  const field = Object.assign(document.createElement('input'), {type: 'hidden', name: 'altcha'});
  form.append(field);
  let done = false;
  const work = solve(challenge)
    .then((solution) => { field.value = btoa(JSON.stringify({challenge, solution})); })
    .catch(() => {})
    .then(() => { done = true; form.dataset.proved = field.value ? 'yes' : 'no'; });
  form.addEventListener('submit', (event) => {
    if (done) return;
    event.preventDefault();
    state.textContent = button.dataset.busy;
    work.then(() => form.requestSubmit());
  });
}

// Who comes back by the button of the browser sees the page as it is now: a proof is good for one time.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
