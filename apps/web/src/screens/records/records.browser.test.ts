import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

const ENGINEER = 'engineer:Dr Weiss';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

const csvFile = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** Ten answers of two learners under headers that say nothing, one of them neither right nor wrong. */
const RECORDS = csvFile('answers.csv', [
  'who,what,ok',
  ...Array.from({ length: 10 }, (_, row) => `w${row % 2},s${row % 3},${row === 4 ? 'perhaps' : row % 2}`),
]);

const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe('records', () => {
  it('lists data sets and runs in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, ENGINEER);
      await page.goto(`${app.address}/records`);
      await page.getByText('Simulated learners').waitFor();
      await page.getByRole('link', { name: 'fit: bkt' }).waitFor();
      await keepScreenshot(page, `records-${look}`);
    });
  });

  it('imports a file whose columns a person names, and lists the row that was left out', async () => {
    const { page, context, troubles } = await app.open('/records', { person: ENGINEER });
    await page.getByLabel('Files to import').setInputFiles(RECORDS);
    await page.getByRole('group', { name: 'Columns' }).waitFor();
    await choose(page, 'Learner', 'who');
    await choose(page, 'Skill', 'what');
    await choose(page, 'Right or wrong', 'ok');
    await page.getByLabel('Its name').fill('Two learners');
    await keepScreenshot(page, 'records-mapping');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const report = page.getByRole('list', { name: 'What came of each file' });
    await report.getByText('9 rows').waitFor();
    await page.getByRole('region', { name: 'Rows that were left out' }).getByText('perhaps').waitFor();
    await keepScreenshot(page, 'records-report');
    await page.getByRole('region', { name: 'Data sets' }).first().getByText('answers.csv').waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('says of a file that is no records what is wrong with it', async () => {
    const { page, context } = await app.open('/records', { person: ENGINEER });
    await page.getByLabel('Files to import').setInputFiles(csvFile('empty.csv', []));
    await page.getByRole('list', { name: 'Files to import' }).getByRole('alert').waitFor();
    await context.close();
  });

  it('refuses a graph in which a skill needs itself, and names the cycle', async () => {
    const { page, context } = await app.open('/records', { person: ENGINEER });
    await page
      .getByLabel('Files to import')
      .setInputFiles(csvFile('graph.csv', ['from,to', 'add,multiply', 'multiply,add']));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const report = page.getByRole('list', { name: 'What came of each file' });
    await report
      .getByText(/add.*multiply/)
      .first()
      .waitFor();
    await report.getByText('refused').waitFor();
    await context.close();
  });

  it('removes a data set whole, after asking', async () => {
    const { page, context } = await app.open('/records', { person: ENGINEER });
    await page.getByRole('button', { name: 'Remove answers.csv' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Remove answers.csv?' });
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText(/removed by Dr Weiss/).waitFor();
    await context.close();
  });
});
