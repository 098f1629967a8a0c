// A hand scanner that is a keyboard: it types fast and ends with Enter. What it reads is told to the page, and what its
// keys have done to the field or list that had the focus is taken back.
//
// The keyboard's layout may be another than the scanner's, so the text is kept twice: as the browser understood it, and
// by the places of the keys on the keyboard that scanners take for granted (US). The one that makes sense is told.
const US = { Minus: "-_", Equal: "=+", Slash: "/?", Period: ".>", Comma: ",<", Semicolon: ";:", IntlBackslash: "<>", Backslash: "\\|", Space: "  " };
const DIGITS = ")!@#$%^&*(";
const ADDRESS = /\/t\/[A-Za-z0-9_-]{43}(?:[?#].*)?$/;
const BOOKED = /\/b\/[A-Za-z0-9_-]{43}\/?(?:[?#].*)?$/;
const DOCUMENT = /^(?=(?:.*\d){3})[A-Z0-9<-]{5,100}$/i;
const TICKET = /^[ABCDEKLPRTX]\d{3,4}$/i;
// Seals in text, and those in binary as scanners write them in hexadecimal.
const SEAL = /^(?:[RN]DB1[A-D][A-Z2-7]{20,}|DC ?0[0-3](?: ?[0-9A-F]{2}){30,}|\{.*"data".*"sig".*\}|\{.*"sig".*"data".*\})$/i;

let burst = null; // { typed, placed, last, undo }

// What a key of that place types on a US keyboard, which scanners take for granted.
export function placed(event) {
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return event.shiftKey !== event.getModifierState("CapsLock") ? letter[1] : letter[1].toLowerCase();
  const digit = /^(Digit|Numpad)(\d)$/.exec(event.code);
  if (digit) return event.shiftKey && digit[1] === "Digit" ? DIGITS[Number(digit[2])] : digit[2];
  return US[event.code]?.[event.shiftKey ? 1 : 0] ?? "";
}

export const isSeal = (text) => SEAL.test(text);

export const isScan = (text) => ADDRESS.test(text) || BOOKED.test(text) || DOCUMENT.test(text) || TICKET.test(text) || isSeal(text);

// The link of an appointment.
export const isBooked = (text) => BOOKED.test(text);

export const isTicket = (text) => ADDRESS.test(text) || TICKET.test(text);

// Remembers how the field with the focus stood before the first key of what may become a scan.
function remember() {
  const field = document.activeElement;
  if (!field?.matches?.("input:not([type=radio]):not([type=checkbox]), textarea")) return () => {};
  const { value } = field;
  const undo = field.snapshot?.();
  return () => {
    if (undo) undo();
    else if (field.value !== value) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
}

// `gap` gives the milliseconds within which keys must follow each other.
export function start(gap, tell) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const now = event.timeStamp;
      const goesOn = burst !== null && now - burst.last <= gap();
      if (event.key === "Enter") {
        const text = goesOn ? [burst.typed, burst.placed].find(isScan) : undefined;
        const { undo } = burst ?? {};
        burst = null;
        if (!text) return;
        event.preventDefault();
        event.stopPropagation();
        undo();
        tell(text);
        return;
      }
      if (event.key === "Shift" || event.key === "CapsLock") return;
      if (event.key.length > 1) {
        // Tab, arrows: a hand, not a scanner.
        burst = null;
        return;
      }
      if (!goesOn) burst = { typed: "", placed: "", undo: remember() };
      burst.typed += event.key;
      burst.placed += placed(event);
      burst.last = now;
    },
    { capture: true },
  );
}
