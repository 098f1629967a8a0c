// One polite live region tells calls and faults to people who do not see the page.
let last = "";

export function draw() {
  const news = document.getElementById("now").dataset.news;
  if (news === last) return;
  last = news;
  document.getElementById("say").textContent = news;
}

export function start() {
  last = document.getElementById("now").dataset.news;
}
