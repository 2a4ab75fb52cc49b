// Opens every page of the built app in Chromium at two widths and both themes, saves pictures, and
// fails on console errors, policy violations, foreign requests and axe findings. CHROMIUM names the browser.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { advocates, opportunities, requests } from "./data.mjs";
import { server } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const out = process.env.PICTURES ?? new URL("../../pictures/", import.meta.url).pathname;
const only = process.argv[2];
mkdirSync(out, { recursive: true });

const pages = [
  ["sign-in", "none", "/sign-in"],
  ["first-run", "nobody-yet", "/first-run"],
  ["home-seller", "seller", "/"],
  ["home-owner", "owner", "/"],
  ["home-program", "program", "/"],
  ["opportunities", "seller", "/opportunities"],
  ["opportunity", "seller", `/opportunities/${opportunities[0].id}`],
  ["find", "seller", "/find?q=cloud%20migration"],
  ["find-zero", "seller", "/find?q=nothing"],
  ["request-sheet", "seller", `/opportunities/${opportunities[0].id}?request=${advocates[0].id}`],
  ["peek", "seller", `/find?peek=${advocates[0].id}`],
  ["requests", "seller", "/requests"],
  ["request", "program", `/requests/${requests[0].id}`],
  ["approvals", "owner", "/approvals"],
  ["answer", "none", "/answer/token"],
  ["answer-debrief", "none", "/answer/debrief"],
  ["answer-used", "none", "/answer/used"],
  ["advocates", "program", "/advocates"],
  ["advocate", "seller", `/advocates/${advocates[0].id}`],
  ["accounts", "program", "/accounts"],
  ["account", "program", "/accounts/00000002-0000-4000-8000-000000000000"],
  ["metric", "program", "/metric"],
  ["metric-industry", "program", "/metric?by=industry"],
  ["metric-table", "program", "/metric?by=team&view=table"],
  ["unmapped", "program", "/taxonomy/unmapped"],
  ["settings", "seller", "/settings"],
  ["lost", "seller", "/nowhere"],
  [
    "palette",
    "seller",
    "/",
    async (page) => {
      await page.waitForTimeout(600);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("mer");
      await page.waitForTimeout(500);
    },
  ],
  [
    "inbox",
    "seller",
    "/",
    async (page) => {
      await page.getByRole("button", { name: /Inbox/ }).click();
    },
  ],
  [
    "user-menu",
    "seller",
    "/",
    async (page) => {
      await page.getByRole("button", { name: /Your menu/ }).click();
    },
  ],
  [
    "keys",
    "seller",
    "/",
    async (page) => {
      await page.keyboard.press("?");
    },
  ],
  ["nomination", "seller", "/?new=nomination"],
  [
    "no-use-left",
    "seller",
    `/find?request=${advocates[4].id}`,
    async (page) => {
      await page.getByRole("button", { name: "Send request" }).click();
    },
  ],
  [
    "sent",
    "seller",
    `/find?request=${advocates[0].id}`,
    async (page) => {
      await page.getByRole("button", { name: "Send request" }).click();
    },
  ],
  [
    "stale",
    "program",
    `/advocates/${advocates[0].id}`,
    async (page) => {
      await page.getByRole("button", { name: "Edit story" }).click();
      await page.getByLabel("Headline").fill("Mine");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForTimeout(300);
    },
  ],
];

await new Promise((started) => server.listen(0, "127.0.0.1", started));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let faults = 0;
const fault = (words) => {
  faults += 1;
  console.error(words);
};

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, as, path, act] of pages) {
      if (only && !name.includes(only)) continue;
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        hasTouch: width < 500,
        reducedMotion: "reduce",
      });
      await context.addCookies([{ name: "as", value: as, url: origin }]);
      const page = await context.newPage();
      const where = `${name} ${width} ${colorScheme}`;
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
          fault(`${where}: ${message.text()}`);
      });
      page.on("pageerror", (error) => fault(`${where}: ${error.message}`));
      page.on("request", (sent) => {
        if (!sent.url().startsWith(origin) && !sent.url().startsWith("blob:"))
          fault(`${where}: request to ${sent.url()}`);
      });
      await page.goto(origin + path);
      await page.waitForLoadState("networkidle");
      await act?.(page);
      await page.waitForTimeout(250);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 1) fault(`${where}: scrolls sideways by ${wide} px`);
      await page.screenshot({
        path: `${out}/${name}-${width}-${colorScheme}.png`,
        fullPage: !act && !path.includes("?request"),
      });
      // Runs through the debugger, which the page's policy does not bind.
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const one of found.violations)
        fault(
          `${where}: axe ${one.id}: ${one.nodes
            .slice(0, 3)
            .map((node) => `${node.target} ${node.any?.[0]?.message ?? ""}`)
            .join(" | ")}`,
        );
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(faults === 0 ? "every page is clean" : `${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
