/** What a rule costs, on screen: asked, followed, stopped, answered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedApp, openApp } from '../../../testing/open-app.ts';
import { expectNoSeriousAxeFindings, keepScreenshot } from '../../../testing/page-checks.ts';

const TEACHER = 'teacher:Ms Lopez';

let app: OpenedApp;

/** A plan of a second, so that there is something to ask about; no tutor has to teach, so that it keeps every rule. */
const planTerm = async (): Promise<void> => {
  const schedule = `${app.address}/api/courses/1/schedule`;
  const headers = { 'content-type': 'application/json', 'x-qurriculum-person': encodeURIComponent(TEACHER) };
  const send = async (method: string, at: string, body: object) =>
    (await fetch(`${schedule}${at}`, { method, headers, body: JSON.stringify(body) })).json();
  const setting = (await (await fetch(schedule)).json()) as { version: number; tutors: { id: string }[] };
  let { version } = setting;
  for (const tutor of setting.tutors) {
    ({ version } = (await send('PUT', `/tutors/${tutor.id}`, { version, tutor: { ...tutor, least: 0 } })) as {
      version: number;
    });
  }
  const { jobId } = (await send('POST', '/plan', { version, seconds: 1 })) as { jobId: string };
  expect(await app.server.jobs.wait(jobId)).toMatchObject({ result: { accepted: true } });
};

beforeAll(async () => {
  app = await openApp();
  await planTerm();
});

afterAll(() => app?.close());

describe('the price of a rule', () => {
  it('is worked out while one looks on, can be stopped, and comes with where it is from', async () => {
    const { page, context, troubles } = await app.open('/tutoring?tab=fairness', { person: TEACHER });
    const card = page.getByRole('region', { name: 'What does a rule cost?' });
    let seconds = 60;
    await page.route(/\/schedule\/rule-prices$/, (route) =>
      route.continue({ postData: { ...(route.request().postDataJSON() as object), seconds } }),
    );
    await card.getByRole('button', { name: 'Work it out' }).click();
    const progress = card.getByRole('group', { name: 'Working out what a rule costs' });
    await progress.getByText(/Planning with the rule/).waitFor();
    await keepScreenshot(page, 'tutoring-rule-price-running', false);
    await expectNoSeriousAxeFindings(page);
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await card.getByText('Working out what a rule costs: cancelled').waitFor();

    seconds = 0.5;
    await card.getByRole('button', { name: 'Work it out' }).click();
    await card.getByText('Without the rule the plan gains').waitFor();
    await keepScreenshot(page, 'tutoring-rule-price', false);
    await expectNoSeriousAxeFindings(page);
    expect(troubles).toEqual([]);
    await context.close();
  });
});
