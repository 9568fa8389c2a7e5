import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

/** What opens over a screen that was looked at in every look: the two that differ most. */
const DIALOG_LOOKS = ['dark', 'narrow'] as const;

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

/** The steps of the next session; they are planned on the first visit. */
const nextSteps = async (page: Page) => {
  const session = page.getByRole('region', { name: 'Session 1', exact: true });
  await session.waitFor();
  return session.getByRole('listitem');
};

/** Of the first step that is new: an answer to what is mastered may leave its mastery at 100 %. */
const nameOfFirst = async (page: Page): Promise<string> => {
  const label = await page
    .getByRole('listitem')
    .filter({ hasNotText: 'review' })
    .getByRole('button', { name: /^Practise / })
    .first()
    .getAttribute('aria-label');
  return label!.replace('Practise ', '');
};

describe('learner', () => {
  it('sees next steps, progress and the skill map in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, 'learner:1');
      await page.goto(`${app.address}/learner`);
      expect(await (await nextSteps(page)).count()).toBeGreaterThan(0);
      await page.getByRole('group', { name: /Map of \d+ skills/ }).waitFor();
      expect(await page.getByText('Pace of the answers').count()).toBe(0);
      await keepScreenshot(page, `learner-${look}`);
    });
  });

  it('asks why, and reads the evidence and the plan without the step', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, 'learner:1');
        await page.goto(`${app.address}/learner`);
        await nextSteps(page);
        await page
          .getByRole('button', { name: /^Why this\?/ })
          .first()
          .press('Enter');
        const dialog = page.getByRole('dialog', { name: /^Why / });
        await dialog.getByRole('heading', { name: 'Without this step' }).waitFor();
        await dialog.getByRole('heading', { name: 'What the answers say' }).waitFor();
        await keepScreenshot(page, `learner-why-${look}`, false);
      },
      DIALOG_LOOKS,
    );
  });

  it('sees how well a skill is still known, with the curve behind it', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, 'learner:1');
        // Tall enough for everything: scrolled, the head of the page would lie over buttons while axe measures them.
        await page.setViewportSize({ width: page.viewportSize()!.width, height: 6000 });
        await page.goto(`${app.address}/learner`);
        await page.getByText('List', { exact: true }).click();
        const fading = page.getByRole('row').filter({ hasText: 'mastered, fading' }).first();
        await fading.getByRole('button').first().press('Enter');
        await page.getByText(/^Fading: about \d+\s% likely to be recalled today/).waitFor();
        await keepScreenshot(page, `learner-fading-${look}`, false);
        await page.getByRole('button', { name: 'How well is it still known?' }).press('Enter');
        const dialog = page.getByRole('dialog', { name: /^Still known: / });
        await dialog.getByRole('img', { name: /Chance to recall it/ }).waitFor();
        await dialog.locator('svg path').first().waitFor();
        await keepScreenshot(page, `learner-memory-${look}`, false);
      },
      DIALOG_LOOKS,
    );
  });

  it('skips a step by keyboard, and takes that back', async () => {
    const { page, context, troubles } = await app.open('/learner', { person: 'learner:2' });
    await nextSteps(page);
    const name = await nameOfFirst(page);
    await page
      .getByRole('button', { name: `Change this step: ${name}`, exact: true })
      .first()
      .press('Enter');
    await page.getByRole('menuitem', { name: 'Skip it for now' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: `Skip for now: ${name}` });
    await dialog.getByLabel('Reason').fill('I know this already');
    await dialog.getByRole('button', { name: 'Skip it' }).press('Enter');
    await page.getByText('“I know this already”').waitFor();
    await expect.poll(() => page.getByRole('button', { name: `Practise ${name}`, exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: `Take back: ${name}` }).press('Enter');
    await page.getByText('“I know this already”').waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('practises: a hint, an answer that cannot be read, a wrong one, the solution, the next exercise', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, 'learner:3');
        await page.goto(`${app.address}/learner`);
        await nextSteps(page);
        const name = await nameOfFirst(page);
        await page.getByRole('button', { name: `Practise ${name}`, exact: true }).press('Enter');
        const practice = page.getByRole('region', { name: 'Practice', exact: true });
        const meter = practice.getByRole('meter', { name: `Mastery of ${name}` });
        await practice.getByRole('button', { name: 'Show me how' }).waitFor();
        const before = await meter.getAttribute('aria-valuetext');
        await practice.getByRole('button', { name: /^Hint/ }).press('Enter');
        await practice.getByRole('log', { name: 'Hints' }).getByRole('listitem').waitFor();
        await practice.getByRole('button', { name: 'Check' }).press('Enter');
        await practice.getByText('Give an answer first').waitFor();
        await keepScreenshot(page, `learner-practice-${look}`, false);
        await practice.getByRole('button', { name: 'Show me how' }).press('Enter');
        await practice.getByText('Not yet', { exact: true }).waitFor();
        await practice.getByText('The answer:').waitFor();
        await expect.poll(() => meter.getAttribute('aria-valuetext')).not.toBe(before);
        await practice.getByRole('button', { name: 'So-so' }).press('Enter');
        await practice.getByText('Noted.').waitFor();
        await keepScreenshot(page, `learner-answered-${look}`, false);
        await practice.getByRole('button', { name: 'Next exercise' }).press('Enter');
        await practice.getByRole('button', { name: 'Check' }).waitFor();
      },
      DIALOG_LOOKS,
    );
  });

  it('sets goals of their own', async () => {
    const { page, context } = await app.open('/learner', { person: 'learner:4' });
    await page.getByText('chosen by default').waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Goals' });
    await dialog.getByRole('combobox', { name: 'Skills to reach' }).fill('Find intercepts');
    await page.getByRole('option', { name: 'Find intercepts' }).click();
    await dialog.getByLabel('Minutes a session').fill('45');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('chosen by default').waitFor({ state: 'detached' });
    await page.getByText('45 minutes a session.').waitFor();
    await context.close();
  });

  it('is chosen from the list by a teacher, who cannot practise in their name', async () => {
    const { page, context } = await app.open('/learner', { person: 'teacher:Ms Lopez' });
    await page.getByLabel('Find a learner').fill('Ada');
    await page.getByRole('link', { name: /^Ada/ }).first().press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Ada/ }).waitFor();
    await nextSteps(page);
    expect(await page.getByRole('button', { name: /^Practise / }).count()).toBe(0);
    await page
      .getByRole('region', { name: 'Pace of the answers' })
      .getByText(/timed answers/)
      .first()
      .waitFor();
    await keepScreenshot(page, 'learner-for-teacher');
    await context.close();
  });
});
