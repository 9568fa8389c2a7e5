import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { type SmallSample, smallSample } from '../../testing/sample.ts';
import type { AnswerResult, ExerciseView } from './schema.ts';

interface Stored {
  readonly item: {
    readonly answer: Record<string, unknown>;
    readonly solution: string;
    readonly steps: string[];
    readonly hints: { text: string }[];
  };
}

forEachApi('practice', (api) => {
  let sample: SmallSample;
  let learnerId = 0;
  let person = '';
  beforeAll(async () => {
    sample = await smallSample(api);
    learnerId = sample.learnerIds[4];
    person = `learner:${learnerId}`;
  });

  const give = (body: object = {}) =>
    api.ok<ExerciseView>('POST', `/api/learners/${learnerId}/exercises`, { body, person });
  const answer = (id: string, body: object) =>
    api.ok<AnswerResult>('POST', `/api/exercises/${id}/answer`, { body, person });

  async function stored(id: string): Promise<Stored> {
    const row = await api.store.db.selectFrom('exercise').select('body').where('id', '=', id).executeTakeFirstOrThrow();
    return row.body as unknown as Stored;
  }

  /** The right answer of an exercise whose answer is one number. */
  async function numeric(): Promise<{ exercise: ExerciseView; right: string }> {
    const skill = await api.store.db
      .selectFrom('skill')
      .select('id')
      .where('course_id', '=', sample.courseId)
      .where('key', '=', 'add-integers')
      .executeTakeFirstOrThrow();
    const exercise = await give({ skillId: skill.id });
    return { exercise, right: String((await stored(exercise.id)).item.answer['value']) };
  }

  it('gives an exercise on the first step of the plan, and nothing that tells the answer', async () => {
    const response = await api.request('POST', `/api/learners/${learnerId}/exercises`, { body: {}, person });
    const text = await response.text();
    const exercise = JSON.parse(text) as ExerciseView;
    const { item } = await stored(exercise.id);
    for (const step of item.steps) expect(text).not.toContain(JSON.stringify(step).slice(1, -1));
    for (const hint of item.hints) expect(text).not.toContain(JSON.stringify(hint.text).slice(1, -1));
    expect(Object.keys(exercise).sort()).toEqual(
      ['attribution', 'choices', 'hintsAvailable', 'id', 'input', 'inputHelp', 'prompt', 'skill', 'source'].sort(),
    );
  });

  it('checks a right answer, moves mastery up at once, and shows the steps', async () => {
    const { exercise, right } = await numeric();
    const result = await answer(exercise.id, { response: ` ${right} `, seconds: 12 });
    expect(result).toMatchObject({ accepted: true, correct: true, planChanged: true });
    if (!result.accepted) return;
    expect(result.steps.length).toBeGreaterThan(0);
    expect(result.mastery[0].after).toBeGreaterThan(result.mastery[0].before);
    const row = await api.store.db
      .selectFrom('interaction')
      .selectAll()
      .where('external_id', '=', exercise.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ learner_id: learnerId, correct: true, source: 'practice', seconds: 12 });
    expect(
      await api.refused('POST', `/api/exercises/${exercise.id}/answer`, { body: { response: right }, person }),
    ).toMatchObject({ status: 409 });
  });

  it('does not count what it cannot read, and names a misconception that it knows', async () => {
    const { exercise } = await numeric();
    expect(await answer(exercise.id, { response: 'seven!?' })).toMatchObject({ accepted: false });
    const { item } = await stored(exercise.id);
    const [distractor] = item.answer['distractors'] as { response: string; misconception: string }[];
    const result = await answer(exercise.id, { response: distractor.response });
    expect(result).toMatchObject({ accepted: true, correct: false, misconception: { id: distractor.misconception } });
    if (result.accepted) expect(result.mastery[0].after).toBeLessThan(result.mastery[0].before);
  });

  it('gives hints one by one; a right answer after the last of them is no evidence of knowing', async () => {
    const { exercise, right } = await numeric();
    for (let k = 1; k <= exercise.hintsAvailable; k++) {
      const hint = await api.ok<{ number: number; remaining: number }>('POST', `/api/exercises/${exercise.id}/hints`, {
        person,
      });
      expect(hint).toMatchObject({ number: k, remaining: exercise.hintsAvailable - k });
    }
    expect(await api.refused('POST', `/api/exercises/${exercise.id}/hints`, { person })).toMatchObject({ status: 409 });
    expect(await answer(exercise.id, { response: right })).toMatchObject({ accepted: true, correct: true });
    const row = await api.store.db
      .selectFrom('interaction')
      .select(['correct', 'hints'])
      .where('external_id', '=', exercise.id)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ correct: false, hints: exercise.hintsAvailable });
  });

  it('shows the solution to who gives up, as an answer that was not right', async () => {
    const { exercise } = await numeric();
    expect(await answer(exercise.id, { response: '', giveUp: true })).toMatchObject({ accepted: true, correct: false });
  });

  it('is for the learner alone', async () => {
    const { exercise } = await numeric();
    for (const other of ['teacher:Ms Lopez', `learner:${sample.learnerIds[5]}`]) {
      const refused = await api.refused('POST', `/api/exercises/${exercise.id}/answer`, {
        body: { response: '1' },
        person: other,
      });
      expect(refused).toMatchObject({ status: 403 });
    }
  });
});
