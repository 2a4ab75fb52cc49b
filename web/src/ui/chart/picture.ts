//! A chart as a picture: what stands on the screen, painted again onto a canvas. Reads boxes, words and
//! drawings where the browser laid them out; refuses to know what the chart says.

import { saveFile } from "./csv";

const PAD = 24;
const TITLE_HEIGHT = 40;
/** Pixels of the picture for one of the screen, so that it stays sharp on paper. */
const SCALE = 2;

/** Properties that a drawing takes from style sheets, which a picture of it does not have. */
const DRAWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  // Without it the edge that sets a number off from the lines is painted over the number.
  "paint-order",
  "font-size",
  "font-weight",
  "font-family",
  "text-anchor",
  "opacity",
];

/** Saves a chart with its title as a PNG file. */
export async function savePicture(chart: HTMLElement, title: string, fileName: string): Promise<void> {
  const page = getComputedStyle(document.body);
  const { width, height } = chart.getBoundingClientRect();
  const full = { width: chart.scrollWidth || width, height: chart.scrollHeight || height };
  const canvas = document.createElement("canvas");
  canvas.width = (full.width + 2 * PAD) * SCALE;
  canvas.height = (full.height + TITLE_HEIGHT + 2 * PAD) * SCALE;
  const brush = canvas.getContext("2d");
  if (!brush) return;
  brush.scale(SCALE, SCALE);
  brush.fillStyle = getComputedStyle(chart.closest("section") ?? chart).backgroundColor;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = page.color;
  brush.font = `600 16px ${page.fontFamily}`;
  brush.fillText(title, PAD, PAD + 16, full.width);
  const origin = chart.getBoundingClientRect();
  brush.translate(PAD - origin.left, PAD + TITLE_HEIGHT - origin.top);
  await paint(brush, chart);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) saveFile(blob, fileName);
}

async function paint(brush: CanvasRenderingContext2D, element: Element): Promise<void> {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)") return;
  if (element instanceof SVGSVGElement) {
    await paintDrawing(brush, element, box);
    return;
  }
  if (style.backgroundColor !== "rgba(0, 0, 0, 0)" && box.width > 0) {
    brush.fillStyle = style.backgroundColor;
    brush.beginPath();
    brush.roundRect(box.left, box.top, box.width, box.height, Number.parseFloat(style.borderRadius) || 0);
    brush.fill();
  }
  const isCut = style.overflowX === "hidden";
  if (isCut) {
    brush.save();
    brush.beginPath();
    brush.rect(box.left, box.top, box.width, box.height);
    brush.clip();
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) paintWords(brush, child, style);
    else if (child instanceof Element) await paint(brush, child);
  }
  if (isCut) brush.restore();
}

/** Word by word, because only the browser knows where a line breaks. */
function paintWords(brush: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration) {
  brush.fillStyle = style.color;
  brush.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  brush.textBaseline = "middle";
  const range = document.createRange();
  for (const match of node.data.matchAll(/\S+/g)) {
    range.setStart(node, match.index);
    range.setEnd(node, match.index + match[0].length);
    const box = range.getBoundingClientRect();
    if (box.width > 1) brush.fillText(match[0], box.left, box.top + box.height / 2);
  }
  brush.textBaseline = "alphabetic";
}

async function paintDrawing(brush: CanvasRenderingContext2D, drawing: SVGSVGElement, box: DOMRect) {
  const copy = drawing.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const originals = drawing.querySelectorAll("*");
  for (const [place, element] of copy.querySelectorAll("*").entries()) {
    const original = originals[place];
    if (!original) continue;
    const style = getComputedStyle(original);
    for (const name of DRAWN) element.setAttribute(name, style.getPropertyValue(name));
  }
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  brush.drawImage(picture, box.left, box.top, box.width, box.height);
}
