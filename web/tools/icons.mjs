// Draws the icons of the installed app from the mark: `npm run icons`, after public/favicon.svg changed.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const mark = readFileSync(new URL("../public/favicon.svg", import.meta.url), "utf8");
/** Fills the whole square, with the mark inside the circle that every mask leaves. */
const filled = mark
  .replace('rx="8" ', "")
  .replace("</svg>", "</g></svg>")
  .replace("<path", '<g transform="translate(3.5 3.5) scale(0.78125)"><path');
const ICONS = [
  ["icon-192.png", 192, mark],
  ["icon-512.png", 512, mark],
  ["icon-maskable-512.png", 512, filled],
  ["apple-touch-icon.png", 180, filled],
];

const browser = await chromium.launch({
  executablePath: process.env.GOODWORD_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const [name, size, drawing] of ICONS) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  );
  await page.screenshot({
    path: new URL(`../public/${name}`, import.meta.url).pathname,
    omitBackground: true,
  });
}
await browser.close();
