import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../../testing/page-checks.ts';

const ENGINEER = 'engineer:Dr Weiss';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp({ sample: false });
});

afterAll(() => app?.close());

/** A ring with chords of weight 1; with odd steps only, every edge of an even ring can be cut. */
function ringFile(name: string, size: number, steps: readonly number[] = [1, 6, 31, 100]) {
  const edges: string[] = [];
  for (let vertex = 0; vertex < size; vertex++) {
    for (const step of steps) edges.push(`${vertex + 1} ${((vertex + step) % size) + 1} 1`);
  }
  const text = `${size} ${edges.length}\n${edges.join('\n')}\n`;
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/** Drops a file as a pointer would. */
const drop = async (page: Page, file: { readonly name: string; readonly buffer: Buffer }): Promise<void> => {
  const transfer = await page.evaluateHandle(
    ({ name, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'text/plain' }));
      return data;
    },
    { name: file.name, text: file.buffer.toString('utf8') },
  );
  // Events of the text inside reach the zone.
  const zone = page.getByText('or drop it here');
  await zone.dispatchEvent('dragover', { dataTransfer: transfer });
  await zone.dispatchEvent('drop', { dataTransfer: transfer });
};

const uncheckAll = async (form: Locator): Promise<void> => {
  const checked = form.getByRole('checkbox', { checked: true });
  await checked.first().waitFor();
  while ((await checked.count()) > 0) await checked.first().uncheck();
};

describe('problem files', () => {
  it('takes a dropped file, draws the curves while they grow, and measures what came of it', async () => {
    const { page, context, troubles } = await app.open('/solvers', { person: ENGINEER });
    await page.getByRole('tab', { name: 'Problem files' }).click();
    await page.getByRole('heading', { name: 'No file solved yet' }).waitFor();
    await drop(page, ringFile('ring.mc', 600));
    await page.getByText('600 yes-or-no variables, 2,400 pairs, no constraints').first().waitFor();
    await page.getByText('solvers do not take this file').click();
    await page
      .getByText(/credentials, this is not configured/)
      .first()
      .waitFor();
    const form = page.getByRole('form', { name: 'Solve ring.mc' });
    await uncheckAll(form);
    await form.getByRole('checkbox', { name: 'anneal', exact: true }).check();
    await form.getByRole('checkbox', { name: 'tabu', exact: true }).check();
    await form.getByLabel('Seconds each').fill('4');
    await form.getByLabel('Solves of each').fill('2');
    await keepScreenshot(page, 'problems-form');
    await form.getByRole('button', { name: 'Solve', exact: true }).click();

    // A curve is there before the first solve has ended, also on a busy machine, and the numbers behind it grow.
    const curves = page.getByRole('img', { name: /^Cut weight against time/ });
    await curves.getByText(/^anneal [\d,]+$/).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.getByRole('img', { name: /No solve has ended yet/ }).waitFor();
    await keepScreenshot(page, 'problems-live');
    await page.getByText('2 of 2 solves').nth(1).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
    expect(
      await page.getByRole('region', { name: 'Figures of the solvers on this file' }).getByRole('row').count(),
    ).toBe(3);
    await page.getByText('the best of these solves').first().waitFor();
    await page.getByLabel('Best known cut weight').last().fill('2401');
    await page.getByRole('button', { name: 'Measure by it' }).click();
    await page.getByText('Target: 2,401, typed in as the best known').waitFor();
    expect(await page.getByText('not reached').count()).toBe(2);
    await page.getByRole('button', { name: 'Measure by the best of these solves' }).click();
    await page.getByText(/^Target: .*the best of these solves/).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('draws the proven bound, and shows the stored run in every look', async () => {
    const { page, context } = await app.open('/solvers?tab=files', { person: ENGINEER });
    await page.getByLabel('Problem file', { exact: true }).setInputFiles(ringFile('small ring.mc', 16, [1, 7, 3, 5]));
    const form = page.getByRole('form', { name: 'Solve small ring.mc' });
    await uncheckAll(form);
    for (const name of ['highs', 'anneal', 'temper', 'qaoa']) {
      await form.getByRole('checkbox', { name, exact: true }).check();
    }
    await form.getByLabel('Seconds each').fill('0.5');
    await form.getByLabel('Solves of each').fill('2');
    await form.getByRole('button', { name: 'Solve', exact: true }).click();
    await page.getByRole('img', { name: /Proven bound: .* by highs/ }).waitFor({ timeout: 60_000 });
    await page.getByText('2 of 2 solves').nth(3).waitFor({ timeout: 60_000 });
    const address = page.url();
    await context.close();
    await forEachLook(app.browser, async ({ page: look }, name) => {
      await chooseOnPage(look, ENGINEER);
      await look.goto(address);
      await look.getByText('proven bound').first().waitFor();
      await keepScreenshot(look, `problems-${name}`);
    });
  });

  it('says line and column of a wrong file', async () => {
    const { page, context } = await app.open('/solvers?tab=files', { person: ENGINEER });
    const wrong = { name: 'wrong.mc', mimeType: 'text/plain', buffer: Buffer.from('3 2\n1 2 1\n1 x 1\n') };
    await page.getByLabel('Problem file', { exact: true }).setInputFiles(wrong);
    await page.getByRole('alert').getByText('wrong.mc:3:3: expected a number, got "x"').waitFor();
    await keepScreenshot(page, 'problems-wrong');
    await context.close();
  });

  it('cancels, keeps what has ended, runs the file again and removes a run', async () => {
    const { page, context } = await app.open('/solvers?tab=files', { person: ENGINEER });
    await page.getByRole('button', { name: /^Again ring\.mc/ }).click();
    const form = page.getByRole('form', { name: 'Solve ring.mc' });
    await form.getByLabel('Solves of each').fill('20');
    await form.getByRole('button', { name: 'Solve', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled: what had ended by then is shown.').waitFor();
    await page.getByRole('cell', { name: 'cancelled' }).waitFor();
    await page
      .getByRole('button', { name: /^Remove ring\.mc/ })
      .first()
      .click();
    await page.getByRole('cell', { name: 'cancelled' }).waitFor({ state: 'detached' });
    await context.close();
  });
});
