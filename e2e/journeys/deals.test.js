// A deal corrected where it stands, and the tags of a record.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expectNoAxeViolations } from '../lib/accessibility.js';
import { useGoodword } from '../lib/journeys.js';
import { inEveryLook, takePictures } from '../lib/pictures.js';

const goodword = useGoodword();

test('amount, stage and tags of a deal are changed where they stand, and each is taken back whole', async (t) => {
  const program = await goodword.callAs('program');
  const { items } = await program.get('/opportunities?status=open&limit=50');
  const deal = items.find((one) => one.amount && one.stage === 'early' && one.stage_raw && !one.reference_stage_on);
  assert.ok(deal, 'the demo company has an early deal with an amount');
  const path = `/opportunities/${deal.id}`;
  const page = await goodword.openPageAs(t, 'program', { refusals: [412] });
  await page.goto(path);
  const details = page.getByRole('region', { name: 'Details' });

  await details.getByRole('button', { name: 'Change Amount' }).click();
  await details.getByRole('textbox', { name: 'Amount' }).fill('123456.5');
  await program.change(path, { amount: { ...deal.amount, amount: '99000.00' } }, deal.version);
  await page.keyboard.press('Enter');
  await details.getByText('Someone changed this while you were editing').waitFor();
  await takePictures(page, 'deal-conflict');
  await details.getByRole('button', { name: 'Save mine' }).click();
  await details.getByRole('button', { name: /123,456\.5.*Change Amount/ }).waitFor();

  await details.getByRole('button', { name: 'Change Stage' }).click();
  await details.getByRole('combobox', { name: 'Stage' }).click();
  await page.getByRole('option', { name: 'Late' }).click();
  await details.getByRole('button', { name: 'Save' }).click();
  await details.getByRole('button', { name: 'Late Change Stage' }).waitFor();
  const late = await program.get(path);
  assert.deepEqual([late.stage, late.stage_raw], ['late', null]);
  assert.ok(late.reference_stage_on, 'it reached the reference stage today');
  await page.getByRole('alert').filter({ hasText: 'Stage saved' }).getByRole('button', { name: 'Undo' }).click();
  await details.getByText(deal.stage_raw).waitFor();
  const back = await program.get(path);
  assert.deepEqual([back.stage, back.stage_raw, back.reference_stage_on], [deal.stage, deal.stage_raw, null]);

  const tags = page.getByRole('region', { name: 'Facts for matching' });
  const { items: terms } = await program.get('/terms?facet=industry');
  const added = terms.find((term) => !term.retired && !deal.terms.some((tag) => tag.term_id === term.id));
  await tags.getByRole('button', { name: 'Change Tags' }).click();
  await tags.getByRole('combobox', { name: 'Tags' }).fill(added.name);
  await page.getByRole('option', { name: added.name, exact: true }).first().click();
  // The list of tags stays open for the next one until the field is left.
  await tags.getByRole('combobox', { name: 'Tags' }).press('Tab');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  // Where the page stands now, the fixed bar of a phone would lie over half a value.
  await page.evaluate(() => window.scrollTo(0, 0));
  await inEveryLook(page, () => expectNoAxeViolations(page));
  await takePictures(page, 'deal-tags');
  await tags.getByRole('button', { name: 'Save' }).click();
  await tags.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
  const tagged = await program.get(path);
  assert.ok(tagged.terms.some((tag) => tag.term_id === added.id));
  assert.equal(tagged.terms.length, deal.terms.length + 1, 'what stood there stays');
});
