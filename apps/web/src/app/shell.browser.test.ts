import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from '../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../testing/page-checks.ts';

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

describe('shell', () => {
  it('welcomes somebody who has not said who they are', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await page.goto(app.address);
      await page.getByRole('heading', { name: 'Welcome', level: 1 }).waitFor();
      await page.getByText('Foundations of algebra (60 learners)').waitFor();
      await keepScreenshot(page, `welcome-${look}`);
    });
  });

  it('takes a person by keyboard alone, keeps them, and leads them to their screen', async () => {
    const { page, context, troubles } = await app.open('/');
    await page.getByRole('radio', { name: 'Teacher' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Ms Löwe');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Class', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Ms Löwe: change who you are' }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('skips to the content, and gives the focus to the heading of each new screen', async () => {
    const { page, context } = await app.open('/class', { person: 'teacher:Ms Lopez' });
    await page.getByRole('heading', { name: 'Class', level: 1 }).waitFor();
    await page.locator('body').press('Tab');
    await page.getByRole('link', { name: 'Skip to the content' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'Records' }).press('Enter');
    const heading = page.getByRole('heading', { name: 'Records', level: 1 });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.title()).toBe('Records · Qurriculum');
    await context.close();
  });

  it('turns dark on request and stays so', async () => {
    const { page, context } = await app.open('/records', { person: 'engineer:E' });
    await page.getByRole('button', { name: /^Appearance/ }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    const scheme = () => page.evaluate(() => document.documentElement.dataset['mantineColorScheme']);
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    expect(await scheme()).toBe('dark');
    await context.close();
  });

  it('says that an address leads nowhere, and what to do', async () => {
    const { page, context } = await app.open('/no-such-page');
    await page.getByRole('heading', { name: 'This address leads nowhere' }).waitFor();
    await page.getByRole('link', { name: 'Go to the start' }).waitFor();
    await context.close();
  });

  it('says once that the server is gone, and goes on by itself when it is back', async () => {
    const { page, context } = await app.open('/records', { person: 'engineer:E' });
    await page.getByText('Simulated learners').waitFor();
    // The other screens are fetched while the page is idle; then they open without the server, too.
    await page.waitForFunction(() =>
      performance
        .getEntriesByType('resource')
        .some(({ name }) => name.includes('ClassScreen') && name.endsWith('.css')),
    );
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Class' }).click();
    await page.getByRole('alert').filter({ hasText: 'Start it again' }).waitFor();
    await context.setOffline(false);
    await page.getByText('Start it again').waitFor({ state: 'detached' });
    await page.getByRole('grid').waitFor();
    await context.close();
  });
});
