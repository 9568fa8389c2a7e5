import { beforeAll, expect, it } from 'vitest';
import { forEachApi } from '../../testing/api.ts';
import { type SmallSample, smallSample } from '../../testing/sample.ts';
import type { QuizAnswerResult, QuizDetail, QuizOffer, QuizView } from './schema.ts';

interface Stored {
  readonly item: { readonly answer: Record<string, unknown>; readonly solution: string; readonly steps: string[] };
}

forEachApi('quizzes', (api) => {
  let sample: SmallSample;
  beforeAll(async () => {
    sample = await smallSample(api);
  });

  const as = (learner: number) => `learner:${learner}`;
  const begin = (learner: number, body: object = {}) =>
    api.ok<QuizView>('POST', `/api/learners/${learner}/quizzes`, { body, person: as(learner) });
  const answer = (quiz: QuizView, body: object) =>
    api.ok<QuizAnswerResult>('POST', `/api/quizzes/${quiz.id}/answers`, { body, person: as(quiz.learnerId) });
  const rows = (table: 'interaction' | 'plan', learner: number) =>
    api.store.db.selectFrom(table).selectAll().where('learner_id', '=', learner).execute();

  async function stored(quiz: QuizView): Promise<Stored['item']> {
    const row = await api.store.db
      .selectFrom('quiz_question')
      .select('body')
      .where('quiz_id', '=', quiz.id)
      .where('position', '=', quiz.question?.number ?? 0)
      .executeTakeFirstOrThrow();
    return (row.body as unknown as Stored).item;
  }

  /** The right answer as a learner would give it. */
  async function rightAnswer(quiz: QuizView): Promise<string | string[]> {
    const { answer: spec } = await stored(quiz);
    return (spec['value'] ?? spec['expression'] ?? spec['correct'] ?? (spec['accepted'] as string[])[0]) as string;
  }

  /** Answers until the end, knowing everything or nothing. */
  async function playOn(quiz: QuizView, knows: boolean): Promise<QuizView> {
    let at = quiz;
    while (at.question !== null) {
      const response = knows ? await rightAnswer(at) : '';
      const result = await answer(at, { question: at.question.number, response, giveUp: !knows, seconds: 3 });
      if (!result.accepted) throw new Error(result.problem);
      at = result.quiz;
    }
    return at;
  }

  it('offers skills in reach of which least is known, and begins with a question that does not tell its answer', async () => {
    const learner = sample.learnerIds[0];
    const offer = await api.ok<QuizOffer>('GET', `/api/learners/${learner}/quiz-offer`, { person: as(learner) });
    const chosen = offer.skills.filter((skill) => skill.chosen).map(({ id }) => id);
    expect(chosen.length).toBeGreaterThan(0);
    const response = await api.request('POST', `/api/learners/${learner}/quizzes`, { body: {}, person: as(learner) });
    const text = await response.text();
    const quiz = JSON.parse(text) as QuizView;
    expect(quiz).toMatchObject({ state: 'open', answered: 0, most: 10, question: { number: 1 }, result: null });
    expect(quiz.skills.map(({ id }) => id).sort()).toEqual([...chosen].sort());
    for (const step of (await stored(quiz)).steps) expect(text).not.toContain(JSON.stringify(step).slice(1, -1));
    expect(text).not.toContain('distractors');
    expect(quiz.question?.why.text).toContain(quiz.question?.skill.name);
    const second = { body: {}, person: as(learner) };
    expect(await api.refused('POST', `/api/learners/${learner}/quizzes`, second)).toMatchObject({ status: 409 });
  });

  it('goes on where it was, counts no answer twice, and none that cannot be read', async () => {
    const learner = sample.learnerIds[1];
    const quiz = await begin(learner, { questions: 4 });
    const before = (await rows('interaction', learner)).length;
    if ((await stored(quiz)).answer['kind'] !== 'choice') {
      expect(await answer(quiz, { question: 1, response: '((' })).toMatchObject({ accepted: false });
    }
    const response = await rightAnswer(quiz);
    const twice = await Promise.all(
      [1, 2].map(() =>
        api.request('POST', `/api/quizzes/${quiz.id}/answers`, {
          body: { question: 1, response },
          person: as(learner),
        }),
      ),
    );
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    const again = { body: { question: 1, response }, person: as(learner) };
    expect(await api.refused('POST', `/api/quizzes/${quiz.id}/answers`, again)).toMatchObject({ status: 409 });
    expect((await rows('interaction', learner)).length).toBe(before + 1);
    const listed = await api.ok<{ quizzes: QuizView[] }>('GET', `/api/learners/${learner}/quizzes`, {
      person: as(learner),
    });
    expect(listed.quizzes[0]).toMatchObject({ id: quiz.id, state: 'open', answered: 1, lastCorrect: true });
    expect(listed.quizzes[0].question?.number).toBe(2);
  });

  it('ends with what was found out, a run, records and one new plan', async () => {
    const learner = sample.learnerIds[2];
    const quiz = await begin(learner);
    const before = { answers: await rows('interaction', learner), plans: await rows('plan', learner) };
    const end = await playOn(quiz, true);
    const result = end.result;
    expect(end).toMatchObject({ state: 'done', question: null });
    if (result === null) throw new Error('no result');
    expect(result.ending).toContain(`${end.answered} question`);
    for (const skill of result.skills) {
      expect(skill).toMatchObject({ right: skill.asked });
      if (skill.asked === 0 || skill.before === null || skill.after === null) continue;
      expect(skill.after.mean).toBeGreaterThan(skill.before.mean);
      expect(skill.after.low).toBeLessThanOrEqual(skill.after.mean);
      const mastery = await api.store.db
        .selectFrom('mastery')
        .select(['mean'])
        .where('learner_id', '=', learner)
        .where('skill_id', '=', skill.id)
        .executeTakeFirstOrThrow();
      expect(skill.after.mean).toBe(mastery.mean);
    }
    const answers = await rows('interaction', learner);
    expect(answers.length - before.answers.length).toBe(end.answered);
    expect(answers.filter(({ source, correct }) => source === 'practice' && correct).length).toBe(end.answered);
    expect((await rows('plan', learner)).length - before.plans.length).toBe(1);
    const run = await api.ok<{ record: { kind: string; result: { quiz: string } } }>(
      'GET',
      `/api/runs/${result.runId}`,
    );
    expect(run.record).toMatchObject({ kind: 'evaluate', subject: 'quiz', result: { quiz: end.id } });
    const detail = await api.ok<QuizDetail>('GET', `/api/quizzes/${end.id}`, { person: 'teacher:Ms Lopez' });
    expect(detail.review).toHaveLength(end.answered);
    expect(detail.review[0].answer).not.toBe('');
  });

  it('says what is not known, and names misconceptions', async () => {
    const learner = sample.learnerIds[3];
    const skill = await api.store.db
      .selectFrom('skill')
      .select('id')
      .where('course_id', '=', sample.courseId)
      .where('key', '=', 'add-integers')
      .executeTakeFirstOrThrow();
    const quiz = await begin(learner, { skillIds: [skill.id], questions: 4 });
    const [distractor] = (await stored(quiz)).answer['distractors'] as { response: string; misconception: string }[];
    const first = await answer(quiz, { question: 1, response: distractor.response });
    expect(first).toMatchObject({ accepted: true, correct: false });
    if (!first.accepted) return;
    const end = await playOn(first.quiz, false);
    expect(end.result).toMatchObject({
      misconceptions: [{ id: distractor.misconception, times: 1 }],
      skills: [{ id: skill.id, right: 0, finding: expect.stringMatching(/not-yet|unsure/) }],
    });
    const known = end.result?.skills[0];
    expect(known?.known).toBeLessThan(known?.before?.mean ?? 1);
  });

  it('can be stopped, and is for the learner alone; others only of the staff see it', async () => {
    const learner = sample.learnerIds[4];
    const quiz = await begin(learner);
    for (const person of ['teacher:Ms Lopez', as(sample.learnerIds[5])]) {
      const body = { question: 1, response: '1' };
      expect(await api.refused('POST', `/api/quizzes/${quiz.id}/answers`, { body, person })).toMatchObject({
        status: 403,
      });
    }
    expect(
      await api.refused('GET', `/api/learners/${learner}/quizzes`, { person: as(sample.learnerIds[5]) }),
    ).toMatchObject({ status: 403 });
    const stopped = await api.ok<QuizView>('POST', `/api/quizzes/${quiz.id}/stop`, { person: as(learner) });
    expect(stopped).toMatchObject({ state: 'stopped', answered: 0, result: { stop: 'stopped' } });
    const late = { body: { question: 1, response: '1' }, person: as(learner) };
    expect(await api.refused('POST', `/api/quizzes/${quiz.id}/answers`, late)).toMatchObject({ status: 409 });
    await begin(learner);
  });

  it('asks imported items once in a life, never one whose figures are missing, and says when there is none left', async () => {
    const { db } = api.store;
    const skill = await db
      .insertInto('skill')
      .values({ course_id: sample.courseId, key: 'imported', name: 'Imported', position: 900 })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [key, missingFigures] of [
      ['whole-1', undefined],
      ['whole-2', undefined],
      ['without-picture', ['graph.png']],
    ] as const) {
      const body = {
        ...{ id: key, skills: ['imported'], prompt: `Prompt of ${key}`, solution: '2', steps: [], hints: [] },
        answer: { kind: 'numeric', value: '2' },
        ...(missingFigures && { missingFigures }),
      };
      const item = await db
        .insertInto('item')
        .values({ course_id: sample.courseId, key, body: JSON.stringify(body) })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db.insertInto('item_skill').values({ item_id: item.id, skill_id: skill.id }).execute();
    }
    const learner = sample.learnerIds[6];
    const quiz = await begin(learner, { skillIds: [skill.id] });
    const end = await playOn(quiz, true);
    expect(end).toMatchObject({
      state: 'done',
      answered: 2,
      result: { stop: expect.stringMatching(/no-items|certainty/) },
    });
    const more = { body: { skillIds: [skill.id] }, person: as(learner) };
    expect(await api.refused('POST', `/api/learners/${learner}/quizzes`, more)).toMatchObject({ status: 409 });
  });

  it('works on usual values where the model that is fitted last knows no guess and slip, and says so', async () => {
    const { db } = api.store;
    const learner = sample.learnerIds[7];
    await db.deleteFrom('model').where('course_id', '=', sample.courseId).execute();
    const end = await playOn(await begin(learner, { questions: 4 }), true);
    expect(end.result).toMatchObject({ model: null, skills: expect.arrayContaining([]) });
    for (const skill of end.result?.skills ?? []) {
      expect(skill).toMatchObject({ before: null, after: null });
      // One right answer from even odds, guess .2 and slip .1, or more of them.
      if (skill.asked > 0) expect(skill.known).toBeGreaterThanOrEqual(0.45 / 0.55 - 1e-9);
    }
  });
});
