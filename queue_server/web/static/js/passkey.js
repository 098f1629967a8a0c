// Passkeys and security keys (WebAuthn Level 3): the server says what is asked, the browser answers, the server checks.
const button = document.getElementById("passkey");
const error = document.getElementById("passkey-error");
const known = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function send(url, body) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": button.dataset.csrf };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function run() {
  error.hidden = true;
  button.disabled = true;
  try {
    const asked = await send(button.dataset.ask, {});
    const form = document.getElementById("recovery");
    const credential = form
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked.publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.publicKey) });
    const said = await send(button.dataset.take, credential.toJSON());
    if (form) {
      form.elements.csrf.value = said.csrf;
      form.submit();
    } else location.assign(said.to);
  } catch {
    // Cancelled, too slow, another key, or refused: it is said beside the button, and can be tried again.
    error.hidden = false;
    button.disabled = false;
    button.focus();
  }
}

if (button && known) button.addEventListener("click", run);
else if (button) {
  button.hidden = true;
  document.querySelector(".or").hidden = true;
}
