// The clock of the sign-in page: the centre's time, by the server's clock.
const place = document.querySelector(".place-time");
const ahead = Number(place.dataset.now) - Date.now();
const format = new Intl.DateTimeFormat("en-GB", { timeZone: place.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

setInterval(() => {
  const text = format.format(new Date(Date.now() + ahead));
  const clock = document.getElementById("clock");
  if (clock.textContent !== text) clock.textContent = text;
}, 500);

// The server has locked this session itself: what this window remembers of it is of no use any more.
if (document.body.classList.contains("locked-page")) sessionStorage.removeItem("locked");
