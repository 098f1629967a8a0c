// Arrows over days and times as they are seen: to the nearest one in that direction, whatever row it stands in. Left and
// right go on in the order of reading, so that they lead over the end of a row.
const all = () => [...document.querySelectorAll("[data-move]")].filter((one) => one.checkVisibility());

const middle = (box) => box.left + box.width / 2;

export function moveFrom(element, key) {
  const rtl = document.documentElement.dir === "rtl";
  const others = all();
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const on = (key === "ArrowRight") !== rtl;
    others[others.indexOf(element) + (on ? 1 : -1)]?.focus();
    return;
  }
  const here = element.getBoundingClientRect();
  const down = key === "ArrowDown";
  const beyond = others
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
  if (!beyond.length) return;
  const distance = ({ box }) => (down ? box.top - here.bottom : here.top - box.bottom);
  const nearest = Math.min(...beyond.map(distance));
  // What stands in the nearest row, though its tiles may not all be equally high.
  const row = beyond.filter((one) => distance(one) <= nearest + here.height / 2);
  row.sort((one, other) => Math.abs(middle(one.box) - middle(here)) - Math.abs(middle(other.box) - middle(here)));
  row[0].one.focus();
  row[0].one.scrollIntoView({ block: "nearest" });
}
