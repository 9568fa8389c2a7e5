import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifest, roles, rosterDate, users } from '../../../../server/src/resources/schedules/testing/roster.ts';
import { zipOf } from '../../../../server/src/resources/schedules/testing/zip.ts';
import { type OpenedApp, openApp } from '../../testing/open-app.ts';
import { expectNoSeriousAxeFindings, keepScreenshot, NARROW } from '../../testing/page-checks.ts';
import { scheduleApi, searchFor, TEACHER } from './testing/schedule-api.ts';

let app: OpenedApp;
let api: ReturnType<typeof scheduleApi>;

beforeAll(async () => {
  app = await openApp();
  api = scheduleApi(app.address);
  await api.asksNobody();
});

afterAll(() => app?.close());

const open = (path: string) => app.open(`/tutoring${path}`, { person: TEACHER });

/** Chooses from a list that opens under a field. */
const choose = async (page: Page, field: string, option: string | RegExp): Promise<void> => {
  await page
    .getByRole('combobox', { name: field, exact: true })
    .or(page.getByLabel(field, { exact: true }))
    .first()
    .click();
  await page.getByRole('option', { name: option }).first().click();
};

const give = (page: Page, label: string, name: string, content: string | Uint8Array): Promise<void> =>
  page.getByLabel(label, { exact: true }).setInputFiles({
    ...{ name, mimeType: 'application/octet-stream' },
    buffer: Buffer.from(content),
  });

describe('rules of a schedule', () => {
  it('set what counts, go back to what is usual, and lose nothing when somebody else was faster', async () => {
    const { page, context } = await open('?tab=rules');
    const weight = page.getByLabel('Staying with one tutor', { exact: true });
    await weight.fill('7');
    await page.getByLabel('Pause between two sessions').fill('12 min');
    await api.put('', { rules: { mostPerDay: 2, mostPerWeek: 5, bufferMinutes: 5 } });
    await page.getByRole('button', { name: 'Set the limits' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Somebody else changed the schedule meanwhile' });
    await alert.getByText(/Mr Grey/).waitFor();
    await alert.getByRole('button', { name: /^Load the newest/ }).click();
    await alert.waitFor({ state: 'detached' });
    expect(await weight.inputValue()).toBe('7');
    await page.getByRole('button', { name: 'Set the limits' }).click();
    await page.getByText('The limits were set.').waitFor();
    // What was typed, over what the other one set.
    expect((await api.setting()).rules).toMatchObject({ mostPerDay: 2, mostPerWeek: 5, bufferMinutes: 12 });
    await page.getByRole('button', { name: 'Set what counts' }).click();
    await page.getByText('What counts was set.').waitFor();
    expect((await api.setting()).weights.continuity).toBe(7);
    await page.getByRole('button', { name: /^Staying with one tutor as usual/ }).click();
    expect(Number(await weight.inputValue())).toBe((await api.setting()).usual.weights.continuity);
    await context.close();
  });

  it('take groups that make sense only, and say beside the field what is wrong', async () => {
    const { page, context, troubles } = await open('?tab=rules');
    await page.getByLabel('In a group of 3').fill('95 %');
    await page.getByText('Expected at most 90 %, as in the smaller group.').waitFor();
    const set = page.getByRole('button', { name: 'Set the groups' });
    expect(await set.isDisabled()).toBe(true);
    await page.getByLabel('In a group of 3').fill('75 %');
    await set.click();
    await page.getByText('The rules for groups were set.').waitFor();
    expect((await api.setting()).rules.groupShare).toEqual([1, 0.9, 0.75, 0.7]);
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('keep devices, which are added, changed and removed', async () => {
    const { page, context, troubles } = await open('?tab=rules');
    await page.getByRole('button', { name: 'Add one' }).click();
    const dialog = page.getByRole('dialog', { name: 'A new device or licence' });
    await dialog.getByLabel('Name').fill('Tablet');
    await dialog.getByLabel('How many there are').fill('3');
    await dialog.getByRole('button', { name: 'All skills' }).click();
    await expectNoSeriousAxeFindings(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'Tablet' }).waitFor();
    const { resources, skills } = await api.setting();
    expect(resources).toEqual([
      { id: 'tablet', name: 'Tablet', quantity: 3, skillIds: expect.arrayContaining(skills.map(({ id }) => id)) },
    ]);
    await page.getByRole('button', { name: 'Change Tablet' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nothing is scarce').waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('people of a schedule', () => {
  it('have languages, needs and a price, and help that is set by hand', async () => {
    const { page, context, troubles } = await open('?tab=people');
    const [tutor] = (await api.setting()).tutors;
    await page.getByRole('button', { name: `Change ${tutor.name}` }).click();
    let dialog = page.getByRole('dialog', { name: tutor.name });
    await dialog.getByLabel('Sessions at least').fill(String(tutor.most + 1));
    await dialog.getByText(`Expected at most ${tutor.most}, the most sessions.`).waitFor();
    await dialog.getByLabel('Sessions at least').fill('0');
    await dialog.getByLabel('Price of a session').fill('2.5');
    await dialog
      .getByRole('combobox', { name: 'Languages' })
      .or(dialog.getByLabel('Languages'))
      .first()
      .fill('Catalan');
    await page.keyboard.press('Enter');
    await keepScreenshot(page, 'tutoring-tutor-form', false);
    await expectNoSeriousAxeFindings(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const after = (await api.setting()).tutors.find(({ id }) => id === tutor.id);
    expect(after).toEqual({ ...tutor, cost: 2.5, languages: [...tutor.languages, 'Catalan'] });

    const [learner] = await api.learners();
    await page.getByRole('button', { name: `Change ${learner.name}` }).click();
    dialog = page.getByRole('dialog', { name: learner.name });
    await dialog.getByRole('switch', { name: /^Set by hand/ }).check({ force: true });
    const added = (await api.setting()).skills.find(({ id }) => learner.needs.every(({ skill }) => skill.id !== id));
    await choose(page, 'Add a skill that help is needed with', added!.name);
    await dialog.getByLabel(`Sessions: ${added!.name}`).fill('2');
    await page.setViewportSize(NARROW);
    await keepScreenshot(page, 'tutoring-learner-form', false);
    await expectNoSeriousAxeFindings(page);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const changed = (await api.learners()).find(({ learnerId }) => learnerId === learner.learnerId);
    expect(changed?.needsOverridden).toBe(true);
    expect(changed?.needs.find(({ skill }) => skill.id === added!.id)?.sessions).toBe(2);
    expect(changed?.available.toSorted()).toEqual(learner.available.toSorted());
    expect(troubles).toEqual([]);
    await context.close();
  });

  it('come from a calendar, a table and a register, each with a report', async () => {
    const { page, context, troubles } = await open('?tab=people');
    const [ann, ben] = (await api.setting()).tutors;
    await choose(page, 'Whose times', ann.name);
    // Busy on one day of every week, from morning to evening.
    const busy = ['DTSTART:20260101T000000Z', 'DURATION:PT23H', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU'];
    const event = ['BEGIN:VEVENT', 'UID:x', ...busy, 'END:VEVENT'];
    await give(
      page,
      'File with times',
      'ann.ics',
      ['BEGIN:VCALENDAR', 'VERSION:2.0', ...event, 'END:VCALENDAR'].join('\r\n'),
    );
    await page.getByText(/the times of 1 person changed/).waitFor();
    expect((await api.setting()).tutors.find(({ id }) => id === ann.id)?.available).toEqual([]);

    await choose(page, 'Whose times', 'Many people: a table (CSV)');
    const table = `kind,id,day,start,end\ntutor,${ben.id},Monday,00:00,23:59\nroom,cellar,Monday,09:00,10:00\n`;
    await give(page, 'File with times', 'times.csv', table);
    await page.getByText(/1 entry refused/).waitFor();
    await page.getByText('What was refused').click();
    await page.getByText('cellar').waitFor();
    const { slots, tutors } = await api.setting();
    const mondays = slots.filter(({ start }) => new Date(start.slice(0, 10)).getUTCDay() === 1).map(({ id }) => id);
    expect(tutors.find(({ id }) => id === ben.id)?.available.toSorted()).toEqual(mondays.toSorted());

    const register = zipOf({
      'manifest.csv': manifest('delta'),
      'users.csv': users(`t9,${rosterDate},true,t9,,Tia,Nine`),
      'roles.csv': roles(`r1,${rosterDate},t9,primary,teacher,,,o,`),
    });
    await give(page, 'OneRoster package', 'register.zip', register);
    await page.getByText('Tutors: 1 new, 0 changed, 0 gone').waitFor();
    await expectNoSeriousAxeFindings(page);
    await page.getByLabel('Find in Tutors').fill('Tia');
    await page.getByRole('button', { name: 'Change Tia Nine' }).waitFor();
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('one more session', () => {
  it('gets places, the best first; one is taken after its consequences were seen', async () => {
    const [learner] = await api.learners();
    const { slots, tutors, skills } = await api.setting();
    const tutor = tutors.find(({ available, skills: taught }) => available.length > 0 && taught.length > 0)!;
    const [{ skillId }] = tutor.skills;
    const needs = [{ skillId, sessions: 1, gain: 20 }];
    const { page, context, troubles } = await open('');
    await searchFor(page, 1);
    await page.getByRole('button', { name: 'Plan the term' }).click();
    await page.getByRole('grid').waitFor();
    // Wanted only now, so that no plan holds it yet; free whenever anybody is.
    const { priority, apart, learnerId } = learner;
    const available = slots.map(({ id }) => id);
    await api.put(`/learners/${learnerId}`, { learner: { available, priority, apart, needs } });
    await page.goto(`${app.address}/tutoring?tab=fairness`);
    await choose(page, 'Learner', learner.name);
    await choose(page, 'Skill', skills.find(({ id }) => id === skillId)!.name);
    await page.getByRole('button', { name: 'Find a place', exact: true }).click();
    const found = page.getByRole('dialog', { name: new RegExp(`for ${learner.name.replace('.', '\\.')}$`) });
    await found
      .getByRole('button', { name: /^Take it: / })
      .first()
      .waitFor();
    await expectNoSeriousAxeFindings(page);
    const before = (await api.setting()).version;
    await found
      .getByRole('button', { name: /^Take it: / })
      .first()
      .click();
    await page.getByText(/^The plan is worth/).waitFor();
    await page.getByRole('button', { name: /^Make this change/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await api.setting()).version).toBe(before + 1);
    expect(troubles).toEqual([]);
    await context.close();
  });
});

describe('other programs', () => {
  it('are added, told by a signed test message, and removed', async () => {
    const told: { readonly headers: IncomingMessage['headers']; readonly body: string }[] = [];
    const listener = createServer(async (request, response) => {
      const parts = await request.toArray();
      told.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { page, context, troubles } = await open('?tab=publish');
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
    await page.getByText('None yet. Add the address').waitFor();
    await page.getByLabel('Address', { exact: true }).fill(url);
    await page.getByLabel('Secret', { exact: true }).fill('a secret of some length');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('delivered', { exact: true }).first().waitFor();
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0].body)).toMatchObject({ event: 'schedule.test' });
    expect(told[0].headers['webhook-signature']).toMatch(/^v1,/);
    await expectNoSeriousAxeFindings(page);
    await page.getByRole('button', { name: `Remove ${url}` }).click();
    await page.getByText('None yet. Add the address').waitFor();
    listener.close();
    expect(troubles).toEqual([]);
    await context.close();
  });
});
