import { beforeAll, describe, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { type SmallSample, smallSample } from '../../testing/sample.ts';
import type { LearnerList, LearnerView, SkillMapView } from './schema.ts';

forEachApi('learners', (api) => {
  let sample: SmallSample;
  beforeAll(async () => {
    sample = await smallSample(api);
  });

  it('are listed by name, page by page, and found by part of a name', async () => {
    const path = `/api/courses/${sample.courseId}/learners`;
    const page = await api.ok<LearnerList>('GET', `${path}?limit=5&offset=5`);
    expect(page.total).toBe(12);
    expect(page.learners).toHaveLength(5);
    for (const learner of page.learners) expect(learner.simulated).toBe(true);
    const found = await api.ok<LearnerList>('GET', `${path}?search=${encodeURIComponent('amir')}`);
    expect(found.learners.map(({ name }) => name)).toEqual(['Amir B.']);
    expect((await api.ok<LearnerList>('GET', `${path}?search=%25`)).total).toBe(0);
    const [{ id, key, name }] = found.learners;
    expect(key).not.toBe(name);
    const byKey = await api.ok<LearnerList>('GET', `${path}?search=${encodeURIComponent(key)}`);
    expect(byKey.learners.map((learner) => learner.id)).toContain(id);
  });

  it('have a map whose states follow from mastery and hard prerequisites', async () => {
    const [learnerId] = sample.learnerIds;
    const { skills, prerequisites } = await api.ok<SkillMapView>('GET', `/api/learners/${learnerId}/skills`);
    const byId = new Map(skills.map((skill) => [skill.id, skill]));
    for (const skill of skills) {
      const mastered = (skill.mastery?.mean ?? 0) >= 0.8;
      const open = prerequisites
        .filter(({ to, strength }) => to === skill.id && strength === 'hard')
        .every(({ from }) => byId.get(from)?.state === 'mastered');
      expect(skill.state).toBe(mastered ? 'mastered' : open ? 'ready' : 'locked');
      expect(skill.x).toBeGreaterThan(0);
      expect(skill.x).toBeLessThan(1);
    }
    for (const { from, to } of prerequisites) expect(byId.get(from)?.y).toBeLessThan(byId.get(to)?.y ?? 0);
  });

  describe('goals', () => {
    it('are default ones until somebody sets them, and again when they are taken back', async () => {
      const learnerId = sample.learnerIds[1];
      const before = await api.ok<LearnerView>('GET', `/api/learners/${learnerId}`);
      expect(before).toMatchObject({ goalsAreDefault: true, minutesAreDefault: true, minutesPerSession: 30 });
      expect(before.goals.length).toBeGreaterThan(0);
      const skillIds = [before.goals[0].id];
      const person = `learner:${learnerId}`;
      const set = await api.ok<LearnerView>('PUT', `/api/learners/${learnerId}/goals`, {
        body: { skillIds, by: '2027-06-30', minutesPerSession: 45 },
        person,
      });
      expect(set).toMatchObject({
        goalsAreDefault: false,
        minutesPerSession: 45,
        goals: [{ id: skillIds[0], by: '2027-06-30' }],
      });
      const back = await api.ok<LearnerView>('PUT', `/api/learners/${learnerId}/goals`, {
        body: { skillIds: [] },
        person,
      });
      expect(back).toMatchObject({ goalsAreDefault: true, minutesPerSession: 45 });
    });

    it('must be skills of the course', async () => {
      const refused = await api.refused('PUT', `/api/learners/${sample.learnerIds[1]}/goals`, {
        body: { skillIds: [999_999] },
        person: 'teacher:Ms Lopez',
      });
      expect(refused).toMatchObject({ status: 400, errors: [{ field: 'skillIds' }] });
    });
  });

  it('that do not exist are not found', async () => {
    expect(await api.refused('GET', '/api/learners/999999')).toMatchObject({ status: 404, code: 'not-found' });
  });
});
