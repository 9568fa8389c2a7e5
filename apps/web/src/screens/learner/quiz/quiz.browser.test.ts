import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../../testing/page-checks.ts';

const LEARNER = 5;

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp();
});

afterAll(() => app?.close());

interface StoredAnswer {
  readonly kind: string;
  readonly value?: string;
  readonly expression?: string;
  readonly accepted?: readonly string[];
}

/** The right answer of the open question, from the server's store. */
const rightAnswer = async (): Promise<string> => {
  const { db } = app.server.store;
  const row = await db
    .selectFrom('quiz_question')
    .innerJoin('quiz', 'quiz.id', 'quiz_id')
    .select('body')
    .where('learner_id', '=', LEARNER)
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow();
  const { answer } = (row.body as unknown as { item: { answer: StoredAnswer } }).item;
  return answer.value ?? answer.expression ?? answer.accepted?.[0] ?? '';
};

const checkCard = (page: Page) => page.getByRole('region', { name: 'Short check', exact: true });

describe('short check', () => {
  it('asks, says why, goes on after a reload, and shows what was found out', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, `learner:${LEARNER}`);
        await page.goto(`${app.address}/learner`);
        const card = checkCard(page);
        await card.getByRole('button', { name: 'Choose the skills' }).press('Enter');
        await card.getByRole('combobox', { name: 'Skills to check' }).waitFor();
        await keepScreenshot(page, `quiz-start-${look}`);
        await card.getByRole('button', { name: 'Start' }).press('Enter');
        await card.getByText('Question 1 of at most 10').waitFor();
        // Whoever works by keyboard or ear is taken to the question.
        await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('tabindex'))).toBe('-1');
        await card.getByText('Why this question?').press('Enter');
        await card.getByText('We are least sure about').waitFor();
        await card.getByRole('button', { name: 'Check' }).press('Enter');
        await card.getByText('say that you do not know').waitFor();
        await keepScreenshot(page, `quiz-question-${look}`);
        await card.getByRole('button', { name: 'I do not know' }).press('Enter');
        await card.getByText('Question 2 of at most 10').waitFor();
        await card.getByText('The answer before was not right').waitFor();
        await page.reload();
        await card.getByRole('button', { name: 'Go on' }).press('Enter');
        const found = card.getByRole('heading', { name: 'What we found out' });
        for (let number = 2; number <= 10 && !(await found.isVisible()); number++) {
          await card.getByText(`Question ${number} of at most 10`).waitFor();
          await card.getByLabel('Your answer').fill(await rightAnswer());
          await card.getByRole('button', { name: 'Check' }).press('Enter');
          await card
            .getByText(`Question ${number + 1} of at most 10`)
            .or(found)
            .waitFor();
        }
        await found.waitFor();
        await card.getByRole('img', { name: /^Mastery before and after/ }).waitFor();
        await card.getByText('Your next steps were made anew').waitFor();
        await card.getByText('The questions, with their answers').press('Enter');
        await card.getByText('The answer:').first().waitFor();
        await keepScreenshot(page, `quiz-result-${look}`);
      },
      ['dark'],
    );
  });

  it('is there for staff to read, not to answer', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, 'teacher:Ms Lopez');
        await page.goto(`${app.address}/learner/${LEARNER}`);
        const card = checkCard(page);
        await card.getByText(/\d skills?, \d+ questions?/).press('Enter');
        await card.getByRole('heading', { name: 'What we found out' }).waitFor();
        await card.getByText('The questions, with their answers').press('Enter');
        await card.getByText('How the questions were chosen').press('Enter');
        await keepScreenshot(page, `quiz-staff-${look}`);
        expect(await card.getByRole('button', { name: 'Start' }).count()).toBe(0);
      },
      ['narrow'],
    );
  });
});
