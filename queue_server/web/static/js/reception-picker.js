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

export class Picker {
  // `changed` is called when services were chosen or taken out, `done` on Enter when there is nothing more to choose.
  constructor(root, offer, { changed = () => {}, done = () => {} } = {}) {
    this.input = root.querySelector("[role=combobox]");
    this.list = root.querySelector("[role=listbox]");
    this.chips = root.querySelector(".picked");
    this.way = root.querySelector(".way span");
    this.offer = offer;
    this.changed = changed;
    this.done = done;
    this.services = new Map();
    for (const government of offer)
      for (const kind of government.kinds) for (const service of kind.services) this.services.set(service.id, service);
    this.input.snapshot = () => {
      const { chosen, path } = this;
      const { value } = this.input;
      return () => {
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
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    const empty = this.input.value.trim() === "";
    let taken = true;
    if (digit && !event.shiftKey) this.choose(Number(digit[1]) - 1);
    else if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter") {
      if (this.active >= 0 || !empty) this.choose(Math.max(0, this.active));
      else this.done();
    } else if (event.key === "Backspace" && this.input.value === "") {
      if (this.path.length) {
        this.path = this.path.slice(0, -1);
        this.draw();
      } else this.set(this.chosen.slice(0, -1));
    } else if (event.key === "Escape" && (!empty || this.path.length)) {
      this.input.value = "";
      this.path = [];
      this.draw();
    } else taken = false;
    if (taken) {
      event.preventDefault();
      event.stopPropagation();
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
