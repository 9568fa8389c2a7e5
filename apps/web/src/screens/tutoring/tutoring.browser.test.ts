import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import {
  expectNoSeriousAxeFindings,
  expectNoSidewaysScroll,
  forEachLook,
  keepScreenshot,
} from '../../testing/page-checks.ts';
import { scheduleApi, searchFor, TEACHER } from './testing/schedule-api.ts';

let app: OpenedApp;
let api: ReturnType<typeof scheduleApi>;

const status = (page: Page) => page.getByRole('region', { name: 'Calendar', exact: true }).getByRole('status');
const sessions = (page: Page) => page.getByRole('grid').locator('[data-key]');

beforeAll(async () => {
  app = await openApp();
  api = scheduleApi(app.address);
  await api.asksNobody();
});

afterAll(() => app?.close());

describe('tutoring', () => {
  it('stops planning when that is asked for, and can begin again', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    await searchFor(page, 60);
    await page.getByRole('button', { name: 'Plan the term' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/: cancelled$/).waitFor();
    expect((await api.setting()).plan).toBe(null);
    await page.getByRole('button', { name: 'Plan the term' }).and(page.locator(':enabled')).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('plans the term from the people and times that are known', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    await searchFor(page, 1);
    await page.getByRole('button', { name: 'Plan the term' }).click();
    await page.getByRole('grid').waitFor();
    await page
      .getByText(/below the best possible|the best possible/)
      .first()
      .waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('shows each part in every look', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, TEACHER);
      await page.goto(`${app.address}/tutoring`);
      await sessions(page).first().click();
      await page.getByRole('button', { name: 'Pick up' }).waitFor();
      await keepScreenshot(page, `tutoring-calendar-${look}`);
      if (look !== 'narrow') await expectNoSeriousAxeFindings(page);
      const parts = [
        [
          'Who gets what',
          page
            .getByRole('img', { name: /^Access of groups/ })
            .locator('svg')
            .first(),
        ],
        ['People and times', page.getByRole('button', { name: 'Add a tutor' })],
        ['Rules', page.getByRole('button', { name: 'Set what counts' })],
        ['Publish and share', page.getByRole('button', { name: /^Copy link: / }).first()],
      ] as const;
      for (const [tab, shown] of parts) {
        await page.getByRole('tab', { name: tab }).click();
        await shown.waitFor();
        await keepScreenshot(page, `tutoring-${tab.toLowerCase().replaceAll(' ', '-')}-${look}`);
        await expectNoSidewaysScroll(page);
        // The last is looked at by `forEachLook`; on the narrow screen the same elements stand only in another order.
        if (look !== 'narrow' && tab !== parts.at(-1)?.[0]) await expectNoSeriousAxeFindings(page);
      }
    });
  });

  it('shows all tutors at once: walked by keys, and each place leads to its tutor', async () => {
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, TEACHER);
      await page.goto(`${app.address}/tutoring`);
      await page.getByText('All tutors', { exact: true }).click();
      const grid = page.getByRole('grid', { name: /^All tutors, / });
      const first = grid.getByRole('gridcell').first();
      await first.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('End');
      const here = page.locator('[role=gridcell]:focus');
      const [tutor] = ((await here.getAttribute('aria-label')) ?? '').split(',');
      expect(await grid.getByRole('rowheader').nth(1).textContent()).toContain(tutor);
      await keepScreenshot(page, `tutoring-all-${look}`);
      await expectNoSeriousAxeFindings(page);
      await here.press('Enter');
      await page.getByRole('grid', { name: new RegExp(`^${tutor}, `) }).waitFor();
    });
  });

  it('is walked by keys: a session is picked up, put back, dropped, and changes only once that is accepted', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    // Up or down: the session may stand at either end of the day.
    const row = await page.locator('[role=gridcell]:has([data-key])').first().getAttribute('data-row');
    const beside = row === '0' ? 'ArrowDown' : 'ArrowUp';
    await sessions(page).first().press('Enter');
    await status(page)
      .getByText(/picked up\. Arrow keys/)
      .waitFor();
    await page.keyboard.press(beside);
    await status(page)
      .getByText(/^\w+day \d+ \w+, \d\d:\d\d to \d\d:\d\d: /)
      .waitFor();
    await page.keyboard.press('Escape');
    await status(page)
      .getByText(/put back\. Nothing was changed\./)
      .waitFor();

    const before = (await api.setting()).version;
    await sessions(page).first().press('Enter');
    await page.keyboard.press(beside);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Move / });
    await dialog
      .getByText(/The plan is worth|This cannot be done/)
      .first()
      .waitFor();
    await expectNoSeriousAxeFindings(page);
    await dialog.getByRole('button', { name: 'Put it back' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await api.setting()).version).toBe(before);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('takes a place that is free by dragging, and undoes nothing of what others see', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    await page.getByRole('combobox', { name: 'Which tutor' }).or(page.getByLabel('Which tutor')).first().click();
    await page.getByRole('option', { name: await api.busiestTutor() }).click();
    await sessions(page).first().waitFor();
    // While a session is held, free places say so: find one for any of the sessions on screen.
    let target = null as Awaited<ReturnType<typeof freeCell>>;
    let index = 0;
    for (; index < (await sessions(page).count()) && target === null; index++) target = await freeCell(page, index);
    expect(target).not.toBeNull();
    const from = await sessions(page)
      .nth(index - 1)
      .boundingBox();
    await page.mouse.move(from!.x + 20, from!.y + 10);
    await page.mouse.down();
    await page.mouse.move(target!.x, target!.y, { steps: 4 });
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: /^Move / });
    await dialog.getByRole('button', { name: /^Make this change/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/Last changed by Ms Lopez/).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('says why this tutor, and keeps what is pinned', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    await sessions(page).first().click();
    await page
      .getByRole('button', { name: /^Why this tutor for / })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /^Why / });
    await dialog.getByText('The next best').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: 'the tutor' }).click();
    await page.getByText('Pinned by Ms Lopez.').waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('puts right what happened, in ways that one can compare', async () => {
    const { page, context, troubles } = await app.open('/tutoring', { person: TEACHER });
    await searchFor(page, 1);
    await page.getByRole('button', { name: 'Something happened' }).click();
    const dialog = page.getByRole('dialog', { name: 'Something happened' });
    await dialog.getByRole('combobox', { name: 'Which tutor' }).or(dialog.getByLabel('Which tutor')).first().click();
    await page.getByRole('option').first().click();
    await dialog.getByLabel('When').first().click();
    await page.getByRole('option', { name: /^The week: / }).click();
    await dialog.getByRole('button', { name: 'Add to the list' }).click();
    await dialog.getByRole('button', { name: 'Show the ways to put it right' }).click();
    const answer = page.getByRole('dialog', { name: 'Ways to put it right' });
    await answer.getByText(/^Change nothing that is not broken/).click();
    await keepScreenshot(page, 'tutoring-repair', false);
    await expectNoSeriousAxeFindings(page);
    await answer.getByRole('button', { name: 'Take this plan' }).click();
    await answer.waitFor({ state: 'detached' });
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('never loses what was typed when somebody else was faster; publishing keeps who approved it', async () => {
    const { page, context } = await app.open('/tutoring?tab=publish', { person: TEACHER });
    await page.getByLabel('Name').fill('December');
    await page.getByRole('button', { name: /^Publish \d+ sessions/ }).waitFor();
    await api.changeElsewhere();
    await page.getByRole('button', { name: /^Publish \d+ sessions/ }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Somebody else changed the schedule meanwhile' });
    await alert.getByRole('button', { name: /^Load the newest/ }).click();
    await alert.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name').inputValue()).toBe('December');
    await page.getByRole('button', { name: /^Publish \d+ sessions/ }).click();
    const row = page.getByRole('row').filter({ hasText: 'December' });
    await row.getByText('Ms Lopez').waitFor();
    await context.close();
  });

  it('shows learners their own published week, without anything that they may not do', async () => {
    const { learnerId } = (await publishedSessions())[0].members[0];
    await forEachLook(app.browser, async ({ page }, look) => {
      await chooseOnPage(page, `learner:${learnerId}`);
      await page.goto(`${app.address}/tutoring`);
      await page.getByRole('heading', { name: 'Your week' }).waitFor();
      await keepScreenshot(page, `tutoring-own-${look}`);
      for (const name of [/^Plan/, /Something happened/, /Pick up/, /Publish/, /Change/]) {
        expect(await page.getByRole('button', { name }).count()).toBe(0);
      }
      expect(await page.getByRole('tab').count()).toBe(0);
    });
  });
});

async function publishedSessions(): Promise<{ members: { learnerId: number }[] }[]> {
  const response = await fetch(`${app.address}/api/courses/1/schedule/published/1`);
  return ((await response.json()) as { sessions: { members: { learnerId: number }[] }[] }).sessions;
}

/** The middle of a free place for the session with this number; null where there is none this week. */
async function freeCell(page: Page, index: number): Promise<{ x: number; y: number } | null> {
  await sessions(page).nth(index).press('Enter');
  const free = page.locator('[data-hint="free"][data-stop]').first();
  const box = (await free.count()) === 0 ? null : await free.boundingBox();
  await page.keyboard.press('Escape');
  return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
