// Uses that are held for deals, requests as a board, and rules that are tried before they hold: each in both
// themes, on a desk and on a phone.

import assert from "node:assert/strict";
import { test } from "node:test";

import { useGoodword } from "../lib/journeys.js";
import { look } from "../lib/pictures.js";

const goodword = useGoodword();

test("a deal says who is held for it, and another customer can be put by", async (t) => {
  const seller = await goodword.callAs("seller");
  const { items } = await seller.get("/holds");
  assert.ok(items.length > 0, "the demo seller holds nobody");
  const [held] = items;
  const page = await goodword.openPageAs(t, "seller");
  await page.goto(`/opportunities/${held.opportunity.id}`);
  const section = page.getByRole("region", { name: "Holds" });
  await section.getByText(/^Held until/).waitFor();
  await section.scrollIntoViewIfNeeded();
  await look(page, "deal-holds");
  await section.getByRole("button", { name: "Hold a customer" }).click();
  await page.getByRole("dialog").getByLabel("Customer").first().waitFor();
  await look(page, "hold-dialog");
});

test("open requests stand as a board by who has them", async (t) => {
  const page = await goodword.openPageAs(t, "program");
  await page.goto("/requests?view=board");
  await page
    .getByRole("main")
    .getByText(/^\d+ open requests\./)
    .waitFor();
  await look(page, "requests-board");
});

test("rules that lock by themselves are tried before they hold", async (t) => {
  const page = await goodword.openPageAs(t, "program");
  await page.goto("/settings/rules?q=nps");
  await page.getByRole("textbox", { name: "Lowest NPS" }).fill("20");
  await page.getByText(/^Today these rules lock \d/).waitFor();
  await look(page, "lock-rules-preview");
});

test("customers of whom the CRM tells an escalation or a dispute are locked while the switch is on", async (t) => {
  const program = await goodword.callAs("program");
  const stored = async () => (await program.get("/settings")).lock_rules;
  const page = await goodword.openPageAs(t, "program");
  for (const [name, field] of [
    ["While an escalation is open", "on_escalation"],
    ["While a payment is disputed", "on_dispute"],
  ]) {
    for (const isOn of [true, false]) {
      await page.goto(`/settings/rules?q=${encodeURIComponent(name)}`);
      const rule = page.getByRole("switch", { name });
      await rule.setChecked(isOn, { force: true });
      if (isOn) await page.getByText(/^Today these rules lock \d/).waitFor();
      await page.getByRole("button", { name: "Save" }).click();
      for (let turn = 0; turn < 40 && (await stored()).value[field] !== isOn; turn += 1)
        await page.waitForTimeout(250);
      assert.equal((await stored()).value[field], isOn, name);
    }
  }
  await look(page, "lock-rules-switches");
});

test("rules of protection are tried on the last quarter before they hold", async (t) => {
  const page = await goodword.openPageAs(t, "program");
  await page.goto("/settings/rules?q=rest");
  await page.getByRole("textbox", { name: "Rest after a use, in days" }).fill("120");
  await page.getByText(/^Of the \d+ uses in the last 91 days/).waitFor();
  await look(page, "protection-preview");
});

test("on a phone the rules by activity are cards, with nothing beside the screen", async (t) => {
  const page = await goodword.openPageAs(t, "program", {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  await page.goto("/settings/rules?q=activity");
  const table = page.getByRole("table", { name: "Protection by activity" });
  const first = table.getByRole("row").nth(1);
  await first.waitFor();
  for (const field of await first.locator("input, select").all()) {
    const { x, width } = await field.boundingBox();
    assert.ok(x >= 0 && x + width <= 360, `a field reaches to ${x + width} px`);
  }
  await first.scrollIntoViewIfNeeded();
  await look(page, "rules-by-activity");
});
