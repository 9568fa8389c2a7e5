/** The schedule of the sample course over the API, as somebody else at another screen: what browser tests prepare and check. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ScheduleLearnerView, SchedulePlanView, ScheduleView } from '../../../api/schedule.ts';

export const TEACHER = 'teacher:Ms Lopez';

const ELSEWHERE = {
  'content-type': 'application/json',
  'x-qurriculum-person': encodeURIComponent('teacher:Mr Grey'),
};

export const scheduleApi = (address: string) => {
  const path = `${address}/api/courses/1/schedule`;
  const setting = async (): Promise<ScheduleView> => (await fetch(path)).json() as Promise<ScheduleView>;
  /** Writes under the newest version; a refusal fails the test. */
  const put = async (at: string, body: object): Promise<void> => {
    const { version } = await setting();
    const sent = JSON.stringify({ version, ...body });
    const response = await fetch(`${path}${at}`, { method: 'PUT', headers: ELSEWHERE, body: sent });
    expect(response.status).toBe(200);
  };
  const learners = async (): Promise<ScheduleLearnerView[]> =>
    ((await (await fetch(`${path}/learners`)).json()) as { learners: ScheduleLearnerView[] }).learners;
  return {
    setting,
    learners,
    /** The name of who teaches most in the first week: what a search finds in a second differs from run to run. */
    busiestTutor: async (): Promise<string> => {
      const { sessions } = (await (await fetch(`${path}/plan`)).json()) as SchedulePlanView;
      const end = Date.parse((await setting()).slots[0].start) + 7 * 86_400_000;
      const names = sessions.filter(({ start }) => Date.parse(start) < end).map(({ tutorName }) => tutorName);
      const loads = [...Map.groupBy(names, (name) => name)].sort(([, one], [, other]) => other.length - one.length);
      return loads[0][0];
    },
    put,
    /** A change by somebody else, which makes the version on screen older. */
    changeElsewhere: () => put('', { rules: { mostPerDay: 2, mostPerWeek: 3, bufferMinutes: 5 } }),
    /** No tutor has to teach: a plan of a few seconds on a busy machine then keeps every rule, whatever it finds. */
    asksNobody: async (): Promise<void> => {
      for (const tutor of (await setting()).tutors) await put(`/tutors/${tutor.id}`, { tutor: { ...tutor, least: 0 } });
    },
  };
};

/** Lets planning and repair from this page search for so long: what they find is not looked at. */
export const searchFor = (page: Page, seconds: number): Promise<unknown> =>
  page.route(/\/schedule\/(plan|repairs)$/, (route) => {
    const asked = route.request();
    if (asked.method() !== 'POST') return route.continue();
    return route.continue({ postData: { ...(asked.postDataJSON() as object), seconds } });
  });
