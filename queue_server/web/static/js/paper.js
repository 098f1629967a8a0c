// The paper of a ticket: prints by itself, since it was asked for by a press on Print, and goes when it is printed.
document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("afterprint", () => window.close());
window.addEventListener("load", () => document.fonts.ready.then(() => window.print()));
