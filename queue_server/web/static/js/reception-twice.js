// Says that there is a ticket on a document already, and asks what is wanted.
import { codeElement } from "./reception-ask.js";

const dialog = document.getElementById("twice");
let choices = null;

export function ask(visits, { name, show, again }) {
  choices = { show, again };
  const list = document.getElementById("twice-list");
  list.replaceChildren(
    ...visits.map((visit, index) => {
      const item = document.createElement("li");
      const label = document.createElement("label");
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = "twice";
      radio.value = visit.id;
      radio.checked = index === 0;
      const time = document.createElement("span");
      time.textContent = new Intl.DateTimeFormat("en-GB", { timeZone: document.getElementById("page").dataset.zone, timeStyle: "short" }).format(new Date(visit.issued_at));
      const what = document.createElement("span");
      what.textContent = visit.services.map(name).join(" + ");
      label.append(radio, codeElement(visit.code), what, time);
      item.append(label);
      return item;
    }),
  );
  dialog.showModal();
  document.getElementById("twice-show").focus();
}

dialog.querySelector("form").addEventListener("submit", (event) => {
  // Closed first: a dialog gives the focus back to where it was.
  event.preventDefault();
  dialog.close();
  choices.show(dialog.querySelector("input:checked").value);
});
document.getElementById("twice-issue").addEventListener("click", () => {
  dialog.close();
  choices.again();
});
