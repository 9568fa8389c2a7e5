import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

const TEACHER = 'teacher:Ms Lopez';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

describe('class', () => {
  it('shows who needs help, the heat map and the prerequisites in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, TEACHER);
      await page.goto(`${app.address}/class`);
      await page
        .getByRole('button', { name: /^Change next steps: / })
        .first()
        .waitFor();
      await page.getByRole('grid').waitFor();
      await page.getByRole('switch').first().waitFor();
      const quick = page.getByRole('region', { name: 'Quick guesses and long pauses' });
      await quick
        .getByText(/came faster than most people read the question/)
        .first()
        .waitFor();
      await quick
        .getByText(/^Given with effort: \d+ % \(/)
        .first()
        .waitFor();
      await keepScreenshot(page, `class-${look}`);
    });
  });

  it('is walked by arrow keys; Enter changes a step with a reason, which the learner sees', async () => {
    const { page, context, troubles } = await app.open('/class', { person: TEACHER });
    const grid = page.getByRole('grid');
    const cell = (row: number, column: number) => grid.locator(`[data-row="${row}"][data-column="${column}"]`);
    await cell(0, 0).press('ArrowDown');
    await cell(1, 0).press('ArrowRight');
    const label = await cell(1, 1).getAttribute('aria-label');
    expect(await cell(1, 1).evaluate((element) => element === document.activeElement)).toBe(true);
    await cell(1, 1).press('Enter');
    const [learner, skill] = label!.split(':')[0].split(', ');
    const dialog = page.getByRole('dialog', { name: `${skill}: ${learner}` });
    await dialog.getByRole('radio', { name: 'Leave it out until somebody takes that back' }).check();
    await dialog.getByRole('button', { name: 'Change the next steps' }).click();
    await dialog.getByText('Say in a few words why.').waitFor();
    await dialog.getByLabel('Reason').fill('We do this together on Friday');
    await dialog.getByRole('button', { name: 'Change the next steps' }).click();
    await dialog.waitFor({ state: 'detached' });
    await grid.getByRole('link', { name: learner, exact: true }).first().click();
    await page.getByText('“We do this together on Friday”').waitFor();
    await page.getByText(/Ms Lopez, /).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('plans for everybody, with a bar, and says what came of it', async () => {
    const { page, context, troubles } = await app.open('/class', { person: TEACHER });
    await page.getByRole('button', { name: /^Plan for \d+ learners$/ }).click();
    await page.getByText(/^\d+ plans made\.$/).waitFor({ timeout: 240_000 });
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('switches a prerequisite off and says who did', async () => {
    const { page, context } = await app.open('/class', { person: TEACHER });
    const toggle = page.getByRole('switch').first();
    await toggle.press('Space');
    await page
      .getByRole('row')
      .filter({ has: page.locator('input:not(:checked)') })
      .getByText('Ms Lopez')
      .waitFor();
    await context.close();
  });
});
