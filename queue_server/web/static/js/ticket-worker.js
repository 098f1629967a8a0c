// Works while no page is open. A message is empty: it says that something is new, and nothing of whom or what. `words`
// come before this line, in the language in which the page was read.
self.addEventListener("push", (event) => {
  const shown = self.registration.showNotification(words.sentence, {
    lang: words.language,
    dir: words.direction,
    tag: "ticket",
    renotify: true,
    requireInteraction: true,
    vibrate: [400, 200, 400],
  });
  event.waitUntil(shown);
});

// The scope of this worker is the address of the ticket.
async function open() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => one.url.startsWith(self.registration.scope));
  return page ? page.focus() : self.clients.openWindow(self.registration.scope);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});
