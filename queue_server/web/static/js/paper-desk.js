// Draws the paper as the browser has set it, dot by dot, for the receipt printer of this desk: text as it stands, line by
// line, the code of the ticket, and rules. What the printer says of it is shown.
import * as agent from "./desk-agent.js";

const button = document.getElementById("desk-print");
const said = document.getElementById("desk-said");
const port = document.querySelector("meta[name=desk-port]")?.content;
const DARK = 160; // of 255: what is lighter stays white

// Tells whether there is a printer that takes this paper; then it is printed there, and the page says how that went.
// ``leave`` ends the page once it is on paper.
export async function print(leave) {
  if (!port || !agent.isPaired()) return false;
  let width;
  try {
    const answer = await agent.ask(port, "/v1/desk");
    const { width: dots, parts = [] } = await answer.json();
    width = parts.some((one) => one.name === "printer" && one.state === "online" && !one.fault) ? dots : 0;
  } catch (error) {
    if (!(error instanceof agent.Fault)) throw error;
    return false;
  }
  if (!width) return false;
  button.hidden = false;
  button.addEventListener("click", () => send(width, leave));
  await send(width, leave);
  return true;
}

async function send(width, leave) {
  button.disabled = true;
  said.textContent = said.dataset.printing;
  try {
    await agent.ask(port, "/v1/print", { body: packed(drawn(width)), type: "application/octet-stream" });
    said.textContent = said.dataset.printed;
    await leave();
  } catch (error) {
    if (!(error instanceof agent.Fault)) throw error;
    said.textContent = said.dataset.failed.replace("#", error.code);
  } finally {
    button.disabled = false;
  }
}

function drawn(width) {
  const paper = document.querySelector("main.paper");
  const box = paper.getBoundingClientRect();
  const scale = width / box.width;
  const canvas = Object.assign(document.createElement("canvas"), { width, height: Math.ceil(box.height * scale) });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = pen.strokeStyle = "black";
  pen.setTransform(scale, 0, 0, scale, -box.left * scale, -box.top * scale);
  for (const element of paper.querySelectorAll("*")) {
    rules(pen, element);
    if (element.matches("ol > li")) number(pen, element);
    if (element.matches("img") && element.complete) {
      const at = element.getBoundingClientRect();
      pen.drawImage(element, at.left, at.top, at.width, at.height);
    }
    if (element.matches("svg")) shapes(pen, element);
  }
  const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) lines(pen, texts.currentNode);
  return canvas;
}

function rules(pen, element) {
  const style = getComputedStyle(element);
  const at = element.getBoundingClientRect();
  const top = parseFloat(style.borderBlockStartWidth);
  const bottom = parseFloat(style.borderBlockEndWidth);
  if (top && style.borderBlockStartStyle !== "none") pen.fillRect(at.left, at.top, at.width, top);
  if (bottom && style.borderBlockEndStyle !== "none") pen.fillRect(at.left, at.bottom - bottom, at.width, bottom);
}

// The number of a step in its circle, which the stylesheet sets before the text.
function number(pen, item) {
  const style = getComputedStyle(item, "::before");
  const size = parseFloat(style.width);
  const box = item.getBoundingClientRect();
  const x = getComputedStyle(item).direction === "rtl" ? box.right - size / 2 : box.left + size / 2;
  const y = box.top + box.height / 2;
  pen.save();
  pen.lineWidth = parseFloat(style.borderBlockStartWidth) * (item.matches(":first-child") ? 3 : 1);
  pen.beginPath();
  pen.arc(x, y, (size - pen.lineWidth) / 2, 0, 2 * Math.PI);
  pen.stroke();
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String([...item.parentElement.children].indexOf(item) + 1), x, y);
  pen.restore();
}

// The squares of a QR code: paths and rectangles in the units of the drawing.
function shapes(pen, svg) {
  for (const shape of svg.querySelectorAll("path, rect")) {
    const style = getComputedStyle(shape);
    const grid = shape.getScreenCTM();
    pen.save();
    pen.transform(grid.a, grid.b, grid.c, grid.d, grid.e, grid.f);
    const path = new Path2D();
    if (shape.matches("path")) path.addPath(new Path2D(shape.getAttribute("d")));
    else path.rect(shape.x.baseVal.value, shape.y.baseVal.value, shape.width.baseVal.value, shape.height.baseVal.value);
    pen.fillStyle = pen.strokeStyle = "black";
    if (style.fill !== "none") {
      pen.fillStyle = style.fill;
      pen.fill(path);
    }
    if (style.stroke !== "none") {
      pen.lineWidth = parseFloat(style.strokeWidth);
      pen.stroke(path);
    }
    pen.restore();
  }
}

// Each line of a text is written at once, so that letters join and digits keep their order in every script.
function lines(pen, node) {
  const style = getComputedStyle(node.parentElement);
  if (!node.data.trim() || style.visibility === "hidden" || node.parentElement.closest(".hidden-text")) return;
  const range = document.createRange();
  let first = 0;
  let top = null;
  for (let at = 0; at <= node.length; at += 1) {
    let here = top;
    if (at < node.length) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.width) continue;
      here = box.top;
      top ??= here;
    }
    if (at < node.length && Math.abs(here - top) < 2) continue;
    write(pen, node, first, at, style);
    first = at;
    top = here;
  }
}

function write(pen, node, from, to, style) {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  const box = range.getBoundingClientRect();
  const text = node.data.slice(from, to).replace(/\s+/g, " ").trim();
  if (!box.width || !text) return;
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.direction = style.direction;
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  const size = pen.measureText(text);
  const tall = size.fontBoundingBoxAscent + size.fontBoundingBoxDescent;
  const baseline = box.top + (box.height - tall) / 2 + size.fontBoundingBoxAscent;
  pen.save();
  pen.translate(box.left, 0);
  if (size.width > 0) pen.scale(box.width / size.width, 1);
  pen.fillText(text, 0, baseline);
  pen.restore();
}

// One bit a dot, rows from the top, the leftmost dot in the highest bit.
function packed(canvas) {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const grey = 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      if (grey < DARK) rows[y * stride + (x >> 3)] |= 0x80 >> (x & 7);
    }
  return rows;
}
