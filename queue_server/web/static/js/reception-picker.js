// Picks services: by digits down the lists of governments, kinds and services, or by typing words of any of them.
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("\u0640", "")
    .replaceAll("\u0649", "\u064a")
    .replaceAll("\u0629", "\u0647")
    .toLowerCase();

const MOST = 5;
const DIGIT = /^(?:Digit|Numpad)([1-9])$/;

export class Picker {
  // `changed` is called when services were chosen or taken out, `done` on Enter when there is nothing more to choose.
  // While `isHeld` says so, keys that choose are kept for the form that follows.
  constructor(root, offer, { changed = () => {}, done = () => {}, isHeld = () => false } = {}) {
    this.input = root.querySelector("[role=combobox]");
    this.list = root.querySelector("[role=listbox]");
    this.chips = root.querySelector(".picked");
    this.way = root.querySelector(".way span");
    this.offer = offer;
    this.changed = changed;
    this.done = done;
    this.isHeld = isHeld;
    this.held = [];
    this.forms = 0; // how many forms were begun: a scan across two of them has nothing to take back in the second
    this.services = new Map();
    for (const government of offer)
      for (const kind of government.kinds) for (const service of kind.services) this.services.set(service.id, service);
    this.input.snapshot = () => {
      const { chosen, path, forms } = this;
      const { value } = this.input;
      const held = this.held.length;
      return () => {
        if (forms !== this.forms) {
          this.set([]);
          return;
        }
        this.held.length = held;
        this.input.value = value;
        [this.chosen, this.path] = [chosen, path];
        this.draw();
        this.changed();
      };
    };
    this.input.addEventListener("input", () => this.draw());
    this.input.addEventListener("keydown", (event) => this.onKeydown(event));
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      // The second click of a double click would choose what has come under it.
      if (option && event.detail < 2) this.choose(Number(option.dataset.index));
      this.input.focus();
    });
    this.chips.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (chip) this.set(this.chosen.filter((id) => id !== chip.dataset.service));
      this.input.focus();
    });
    this.set([]);
  }

  set(services) {
    this.chosen = [...services];
    this.input.value = "";
    this.path = [];
    this.draw();
    this.changed();
  }

  // Begins the form anew.
  renew() {
    this.forms += 1;
    this.held = [];
    this.set([]);
  }

  // Does what was typed while the form before was held: `text` into the field, and the keys that choose.
  goOn(text, keys) {
    this.input.value = text;
    this.draw();
    for (const event of keys) this.take(event);
  }

  // What the list offers now: [label, second line, what choosing it does].
  options() {
    const wanted = fold(this.input.value).split(/\s+/).filter(Boolean);
    const add = (service, name) => [name, service.stops, () => this.set([...this.chosen, service.id])];
    if (wanted.length) {
      const fits = (service) => wanted.every((word) => service.words.split(" ").some((known) => known.startsWith(word)));
      return [...this.services.values()].filter(fits).map((service) => add(service, service.full));
    }
    const go = (index) => () => {
      this.path = [...this.path, index];
      this.draw();
    };
    const level = this.levels();
    if (level.length === 1) return this.offer.map((government, index) => [government.name, "", go(index)]);
    if (level.length === 2) return level[1].kinds.map((kind, index) => [kind.name, "", go(index)]);
    return level[2].services.map((service) => add(service, service.name));
  }

  // Where we are: the whole offer, a government, a kind of it. One government alone is not asked for.
  levels() {
    const path = this.offer.length === 1 ? [0, ...this.path] : this.path;
    const levels = [this.offer];
    if (path.length > 0) levels.push(this.offer[path[0]]);
    if (path.length > 1) levels.push(this.offer[path[0]].kinds[path[1]]);
    return levels;
  }

  choose(index) {
    this.shown[index]?.[2]();
  }

  onKeydown(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !this.isMeant(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(event);
  }

  // Whether a key chooses; any other goes into the field.
  isMeant(event) {
    if (DIGIT.test(event.code)) return !event.shiftKey;
    if (event.key === "Backspace") return this.input.value === "";
    if (event.key === "Escape") return this.input.value.trim() !== "" || this.path.length > 0;
    return ["ArrowDown", "ArrowUp", "Enter"].includes(event.key);
  }

  take(event) {
    if (this.isHeld()) this.held.push(event);
    else this.press(event);
  }

  press(event) {
    const digit = DIGIT.exec(event.code);
    if (digit) this.choose(Number(digit[1]) - 1);
    else if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter") {
      if (this.active >= 0 || this.input.value.trim() !== "") this.choose(Math.max(0, this.active));
      else this.done();
    } else if (event.key === "Backspace") {
      if (this.path.length) {
        this.path = this.path.slice(0, -1);
        this.draw();
      } else this.set(this.chosen.slice(0, -1));
    } else {
      this.input.value = "";
      this.path = [];
      this.draw();
    }
  }

  move(by) {
    if (!this.shown.length) return;
    this.active = (Math.max(this.active, by > 0 ? -1 : 0) + by + this.shown.length) % this.shown.length;
    this.mark();
  }

  mark() {
    for (const option of this.list.children) {
      const active = Number(option.dataset.index) === this.active;
      option.setAttribute("aria-selected", String(active));
      if (active) option.scrollIntoView({ block: "nearest" });
    }
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  draw() {
    this.shown = this.chosen.length < MOST ? this.options() : [];
    this.active = -1;
    this.list.replaceChildren(...this.shown.map(([label, second], index) => this.option(label, second, index)));
    this.list.hidden = this.shown.length === 0;
    const names = this.levels().slice(1).map((level) => level.name);
    this.way.textContent = this.hint(names);
    this.chips.replaceChildren(...this.chosen.map((id) => this.chip(id)));
    this.mark();
  }

  // Says where the list stands, or why there is none.
  hint(names) {
    const { all, full, none } = this.list.dataset;
    if (this.chosen.length >= MOST) return full;
    if (!this.shown.length) return none;
    return names.length && !this.input.value ? names.join(" › ") : all;
  }

  option(label, second, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.role = "option";
    option.dataset.index = String(index);
    const cap = document.createElement("kbd");
    cap.className = "cap";
    cap.textContent = index < 9 ? String(index + 1) : "";
    const text = document.createElement("span");
    text.textContent = label;
    option.append(cap, text);
    if (second) {
      const small = document.createElement("span");
      small.className = "second";
      small.textContent = second;
      option.append(small);
    }
    return option;
  }

  chip(id) {
    const item = document.createElement("li");
    const name = document.createElement("b");
    name.textContent = this.services.get(id)?.full ?? id;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.dataset.service = id;
    button.textContent = this.chips.dataset.remove;
    button.setAttribute("aria-label", `${this.chips.dataset.remove}: ${name.textContent}`);
    item.append(name, button);
    return item;
  }
}
