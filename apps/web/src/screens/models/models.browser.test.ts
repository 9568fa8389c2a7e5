import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

const ENGINEER = 'engineer:Dr Weiss';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

describe('models', () => {
  it('compares models on the course, follows the job to its end and says the verdict in words', async () => {
    const { page, context, troubles } = await app.open('/models', { person: ENGINEER });
    await page.getByRole('heading', { name: 'Nothing compared yet' }).waitFor();
    await page.getByRole('combobox', { name: 'Models' }).click();
    await page.getByRole('option', { name: 'bkt-forget', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByRole('region', { name: 'Conclusion' }).waitFor({ timeout: 90_000 });
    const table = page.getByRole('region', { name: 'Figures of every model' });
    // The champion takes part unasked.
    for (const name of [/^bkt \(champion\)/, /^bkt-forget/]) await table.getByRole('rowheader', { name }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('shows the stored evaluation in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, ENGINEER);
      await page.goto(`${app.address}/models`);
      await page
        .getByRole('img', { name: /^Are the chances honest/ })
        .locator('svg')
        .first()
        .waitFor();
      await keepScreenshot(page, `models-${look}`);
    });
  });

  it('fits anew as a job, and lets a person choose the model with a reason', async () => {
    const { page, context } = await app.open('/models', { person: ENGINEER });
    await page.getByRole('button', { name: 'Fit anew' }).click();
    await page.getByRole('group', { name: 'Estimating what learners know' }).waitFor();
    await page
      .getByRole('group', { name: 'Estimating what learners know' })
      .waitFor({ state: 'detached', timeout: 60_000 });
    await page.getByRole('button', { name: 'Choose the model' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose the model' });
    await dialog.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'bkt-forget', exact: true }).click();
    await dialog.getByLabel('Reason').fill('A trial for one week');
    await dialog.getByRole('button', { name: 'Use this model' }).click();
    await page.getByRole('heading', { name: 'What learners know comes from bkt-forget' }).waitFor({ timeout: 60_000 });
    await page.getByText('“A trial for one week”').waitFor();
    await context.close();
  });
});
