import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../testing/chromium.ts';
import { forEachLook, keepScreenshot, openWatchedPage } from '../testing/page-checks.ts';
import { type StaticSite, serveBuilt } from '../testing/static-site.ts';

let browser: Browser;
let site: StaticSite;

beforeAll(async () => {
  const gallery = fileURLToPath(new URL('../testing/gallery', import.meta.url));
  const config = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
  [browser, site] = await Promise.all([launchChromium(), serveBuilt(gallery, config)]);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe('shared components', () => {
  it('stand in light, in dark and on 360 px without errors, findings or sideways scrolling', async () => {
    await forEachLook(browser, async ({ page }, look) => {
      await page.goto(site.url);
      await page
        .getByRole('img', { name: /Sessions until all goals/ })
        .locator('svg')
        .first()
        .waitFor();
      await page.locator('.katex').first().waitFor();
      await page.locator('canvas').first().waitFor();
      await keepScreenshot(page, `components-${look}`);
    });
  });

  it('ask for a reason and take none that says nothing', async () => {
    const { page, context } = await openWatchedPage(browser);
    await page.goto(site.url);
    await page.getByRole('button', { name: 'Skip a step' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Skip: adding fractions' });
    await dialog.getByRole('button', { name: 'Skip it' }).click();
    await dialog.getByText('Say in a few words why.').waitFor();
    await dialog.getByLabel('Reason').fill('Knows it from last year');
    await page.keyboard.press('Tab');
    await dialog.getByRole('button', { name: 'Skip it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('status').filter({ hasText: 'Knows it from last year' }).count()).toBe(1);
    await context.close();
  });

  it('walk the skill map by arrow keys, and say where one is', async () => {
    const { page, context } = await openWatchedPage(browser);
    await page.goto(site.url);
    for (const name of ['Small map', 'Large map']) {
      const section = page.getByRole('region', { name, exact: true });
      const map = section.getByRole('group', { name: /Map of .* skills/ });
      await map.press('ArrowRight');
      await section.getByRole('heading', { name: /^Skill 1\.1:/ }).waitFor();
      await map.press('ArrowRight');
      await section.getByRole('heading', { name: /^Skill [2-9]/ }).waitFor();
      await keepScreenshot(page, `map-${name.toLowerCase().replace(' ', '-')}`);
      await map.press('Escape');
      expect(await section.getByRole('region', { name: /^Skill: / }).count()).toBe(0);
    }
    await context.close();
  });

  it('offer the skill map as a list that can be searched and sorted', async () => {
    const { page, context } = await openWatchedPage(browser);
    await page.goto(site.url);
    const section = page.getByRole('region', { name: 'Large map', exact: true });
    await section.getByText('List', { exact: true }).click();
    await section.getByRole('textbox', { name: 'Find in Skills' }).fill('Skill 17.3:');
    await section.getByText('1 of 1,590 skills').waitFor();
    expect(await section.getByRole('row').count()).toBe(2);
    await context.close();
  });
});
