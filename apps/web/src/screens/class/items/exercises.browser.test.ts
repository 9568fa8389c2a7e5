import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../../testing/page-checks.ts';

const TEACHER = 'teacher:Ms Lopez';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

describe('exercises of the class', () => {
  it('are looked at as a job, and a misconception leads to the learner who seems to hold it', async () => {
    const { page, context, troubles } = await app.open('/class', { person: TEACHER });
    const exercises = page.getByRole('region', { name: 'Exercises', exact: true }).first();
    await exercises.getByRole('heading', { name: 'Nobody has looked yet' }).waitFor();
    await exercises.getByRole('button', { name: 'Look at the exercises' }).click();
    await exercises
      .getByRole('img', { name: /^Who is able, and what is asked/ })
      .locator('svg')
      .first()
      .waitFor({ timeout: 120_000 });
    await exercises
      .getByText(/first answers/)
      .first()
      .waitFor();
    const misconceptions = page.getByRole('region', { name: 'Misconceptions in the class' });
    await misconceptions
      .getByText(/^about \d+ of \d+ learners/)
      .first()
      .waitFor();
    await misconceptions
      .getByRole('button', { name: /^Who: / })
      .first()
      .click();
    await misconceptions
      .getByRole('button', { name: /^Change next steps: / })
      .first()
      .waitFor();
    const link = misconceptions.getByRole('link').first();
    const name = await link.textContent();
    await link.click();
    await page.getByRole('heading', { name: name ?? '', level: 1 }).waitFor();
    const own = page.getByRole('region', { name: 'Misconceptions' });
    await own
      .getByText(/\d+ % sure$/)
      .first()
      .waitFor();
    await keepScreenshot(page, 'learner-misconceptions');
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('show the stored look in every theme and width', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, TEACHER);
      await page.goto(`${app.address}/class`);
      await page
        .getByRole('img', { name: /^Who is able, and what is asked/ })
        .locator('svg')
        .first()
        .waitFor();
      await keepScreenshot(page, `exercises-${look}`);
    });
  });
});
