/** Why a step stands in the plan in force: evidence, what it opens and serves, its worth, and the best plan without it. */
import { explainStep, type PathPlan, type PathState, runnerUpOf } from '@qurriculum/decisions';
import { masteryWithDeviation } from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import { orNotFound, Problem } from '../../http/problem.ts';
import { planValue } from '../../planning/contend.ts';
import type { LearnerState } from '../../planning/learner-state.ts';
import { evidenceInWords, runnerUpInWords } from '../../planning/words.ts';
import { storeRun } from '../../runs.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import { masteryOf, skillRef } from '../learners/service.ts';
import type { ExplanationView } from './schema.ts';
import { type StoredPlan, selectCurrentPlan, stateOf } from './service.ts';

type Db = Kysely<Database>;

/** Why a skill stands in the plan in force, with the best plan without it, computed now. */
export async function explainPlanStep(store: Store, learnerId: number, skillId: number): Promise<ExplanationView> {
  const row = orNotFound(await selectCurrentPlan(store.db, learnerId), 'plan of learner', learnerId);
  const state = await stateOf(store.db, learnerId);
  const { course, path } = state;
  const skill = course.numberOf.get(skillId);
  const plan = inPresentNumbers(row.stored, course.graph.indexOf);
  const session = plan.sessions.findIndex(({ steps }) => steps.some((step) => step.skill === skill));
  if (skill === undefined || session < 0) {
    throw new Problem('not-found', `step: expected a skill of the plan in force, got ${skillId}; load the plan again.`);
  }
  const question = { session, skill };
  const explanation = explainStep(path, plan, question);
  const estimate = await estimateOf(store.db, state, skill);
  const name = (number: number): string => course.graph.skills[number].name;
  return {
    skill: skillRef(course, skill),
    evidence: {
      text: evidenceInWords(estimate.mastery, estimate, explanation, name),
      ...estimate,
      recent: state.answers
        .filter(({ skills }) => skills.includes(skill))
        .slice(-10)
        .map(({ correct }) => correct),
    },
    opens: explanation.opens.map((opened) => skillRef(course, opened.skill)),
    serves: explanation.serves.map(({ goal, chain }) => ({ ...skillRef(course, goal), distance: chain.length - 1 })),
    ...(await runnerUp(store, state, plan, question, row.stored.seed)),
  };
}

/** A stored plan counts skills as the graph was then; skills may have come or gone since. */
function inPresentNumbers({ plan, keys }: StoredPlan, indexOf: ReadonlyMap<string, number>): PathPlan {
  const number = (skill: number): number => indexOf.get(keys[skill]) ?? -1;
  return {
    ...plan,
    goals: plan.goals.map(number).filter((goal) => goal >= 0),
    sessions: plan.sessions.map((session) => ({
      ...session,
      steps: session.steps.map((step) => ({ ...step, skill: number(step.skill) })).filter((step) => step.skill >= 0),
    })),
  };
}

async function estimateOf(db: Db, { learnerId, course, path }: LearnerState, skill: number) {
  const known = (await masteryOf(db, learnerId)).get(course.ids[skill]);
  if (known !== undefined) {
    return { mastery: known.estimate, attempts: known.attempts, correct: known.correct, lastAt: known.lastAt };
  }
  // 1.645: the 95th percentile of the normal distribution, for a central 90 % interval like the fitted model's.
  const { mean, deviation } = masteryWithDeviation(path.beliefs, skill, path.beliefs.day);
  const mastery = { mean, low: Math.max(0, mean - 1.645 * deviation), high: Math.min(1, mean + 1.645 * deviation) };
  return { mastery, attempts: 0, correct: 0, lastAt: null };
}

/** The step's worth in parts, and the runner-up, kept as a run of its own. */
async function runnerUp(
  store: Store,
  { course, path, learnerId }: LearnerState,
  plan: PathPlan,
  question: { readonly session: number; readonly skill: number },
  seed: number,
): Promise<Pick<ExplanationView, 'terms' | 'total' | 'runnerUp'>> {
  const startedAt = new Date();
  const started = performance.now();
  const whole = planValue(path, plan);
  const other = runnerUpOf(path, { ...plan, value: whole }, question, undefined, seed);
  const loss = Math.max(0, whole - planValue(path, other.plan));
  const wallSeconds = (performance.now() - started) / 1000;
  const run = await storeRun(
    store.db,
    { course: course.courseId, learner: learnerId, startedAt },
    {
      kind: 'plan',
      subject: 'runner-up',
      seed,
      result: { forbidden: course.graph.skills[question.skill].id, loss },
      cost: { wallSeconds, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null },
    },
  );
  const terms = termsOf(path, plan, question, whole);
  const share = loss / Math.max(1e-9, Math.abs(whole));
  return {
    terms,
    total: terms.reduce((sum, term) => sum + term.value, 0),
    runnerUp: {
      text: runnerUpInWords(
        share,
        other.instead.map((skill) => course.graph.skills[skill].name),
      ),
      loss: share,
      instead: other.instead.map((skill) => skillRef(course, skill)),
      runId: run.id,
    },
  };
}

/**
 * The step's worth in the plan: what the plan loses when the step is simply left out, split into what the step is worth
 * by itself and what it adds to the other steps (unlocking, spacing, less interference).
 */
function termsOf(
  path: PathState,
  plan: PathPlan,
  { session, skill }: { readonly session: number; readonly skill: number },
  whole: number,
): ExplanationView['terms'] {
  const keep = (wanted: (at: number, other: number) => boolean): PathPlan => ({
    ...plan,
    sessions: plan.sessions.map((entry, at) => ({
      ...entry,
      steps: entry.steps.filter((step) => wanted(at, step.skill)),
    })),
  });
  const alone = planValue(
    path,
    keep((at, other) => at === session && other === skill),
  );
  const without = planValue(
    path,
    keep((at, other) => !(at === session && other === skill)),
  );
  return [
    { name: 'By itself', value: alone },
    { name: 'Together with the other steps', value: whole - without - alone },
  ].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}
