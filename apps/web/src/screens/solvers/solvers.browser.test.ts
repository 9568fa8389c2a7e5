import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

const ENGINEER = 'engineer:Dr Weiss';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

describe('solvers', () => {
  it('compares, follows the job to its end and says the verdict in words', async () => {
    const { page, context, troubles } = await app.open('/solvers', { person: ENGINEER });
    await page.getByRole('heading', { name: 'Nothing compared yet' }).waitFor();
    await page.getByLabel('Learners', { exact: true }).fill('5');
    await page.getByLabel('Seconds each').fill('0.1');
    await page.getByLabel('Simulated learners').fill('0');
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByRole('region', { name: 'Conclusion' }).waitFor({ timeout: 90_000 });
    await page
      .getByRole('img', { name: /^Worth of the plan/ })
      .locator('svg')
      .first()
      .waitFor();
    expect(
      await page.getByRole('region', { name: 'Figures of every solver' }).getByRole('row').count(),
    ).toBeGreaterThan(3);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('shows the stored comparison in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, ENGINEER);
      await page.goto(`${app.address}/solvers`);
      await page
        .getByRole('img', { name: /^Valid plans/ })
        .locator('svg')
        .first()
        .waitFor();
      await keepScreenshot(page, `solvers-${look}`);
    });
  });

  it('lets a person choose who plans, warns without proof, and keeps the reason', async () => {
    const { page, context } = await app.open('/solvers', { person: ENGINEER });
    await page.getByRole('button', { name: 'Choose who plans' }).click();
    const dialog = page.getByRole('dialog', { name: 'Choose who plans' });
    await dialog.getByRole('combobox', { name: 'Solver' }).click();
    await page.getByRole('option', { name: 'fringe', exact: true }).click();
    await dialog.getByText('has not been shown to be better').waitFor();
    await dialog.getByLabel('Reason').fill('A trial for one week');
    await dialog.getByRole('button', { name: 'Let it plan' }).click();
    await page.getByText('“A trial for one week”').waitFor();
    await context.close();
  });

  it('answers where a figure comes from with the stored run', async () => {
    const { page, context } = await app.open('/solvers', { person: ENGINEER });
    await page.getByRole('button', { name: 'Where does this come from: the conclusion' }).press('Enter');
    await page.getByRole('link', { name: 'The run behind it' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Run: compare/ }).waitFor();
    await context.close();
  });
});
