/** How a quiz begins: which skills it is about, what it may ask, and what is believed of the learner at that moment. */
import { goalClosure } from '@qurriculum/course';
import { goalsOf } from '@qurriculum/decisions';
import { type Estimate, type FittedTracingModel, masteryWithDeviation } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { type Kysely, sql } from 'kysely';
import { answerParameters, chanceKnown } from '../../estimates/answer-parameters.ts';
import { newestFit } from '../../estimates/update-mastery.ts';
import { Problem } from '../../http/problem.ts';
import { loadCourseGraph } from '../../planning/course-graph.ts';
import { type LearnerState, loadLearnerState } from '../../planning/learner-state.ts';
import { templates } from '../../planning/templates.ts';
import type { Database } from '../../store/database.ts';
import { masteryOf } from '../learners/service.ts';
import { doubt } from './decide.ts';
import type { QuizOffer } from './schema.ts';
import { type BankItem, MOST_SKILLS, type QuizSetup, type QuizSkill, questionLimits } from './setup.ts';

type Db = Kysely<Database>;

/** Skills of a quiz where nobody chooses: two or three questions each. */
const USUAL_SKILLS = 4;
/** Imported items of a skill that a quiz may draw from. */
const MOST_ITEMS = 24;
/** A skill is in reach when the planner believes this much of each hard prerequisite: beyond, an answer would be luck. */
const IN_REACH = 0.5;
interface Candidate extends QuizSkill {
  readonly from: 'fitted' | 'usual';
}

interface Prospect {
  readonly state: LearnerState;
  readonly fitted: FittedTracingModel | null;
  /** Skills that there are questions for, in the course's order. */
  readonly candidates: readonly Candidate[];
}

/** What a quiz could be about. */
export async function offerQuiz(db: Db, learnerId: number, courseId: number): Promise<QuizOffer> {
  const prospect = await lookAhead(db, learnerId, courseId);
  const chosen = new Set(leastKnown(prospect).map(({ id }) => id));
  return {
    skills: prospect.candidates.map(({ id, key, name, before }) => ({
      ...{ id, key, name, mastery: before, chosen: chosen.has(id) },
    })),
    mostSkills: MOST_SKILLS,
    questions: questionLimits,
  };
}

export interface QuizRequest {
  readonly skillIds?: readonly number[];
  readonly questions?: number;
}

/** Settles everything a quiz rests on. @throws Problem where there is nothing to ask. */
export async function setUpQuiz(
  db: Db,
  learnerId: number,
  courseId: number,
  { skillIds, questions = questionLimits.usual }: QuizRequest,
  seed: number,
): Promise<QuizSetup> {
  const prospect = await lookAhead(db, learnerId, courseId);
  const { candidates, fitted } = prospect;
  const wanted = skillIds === undefined ? leastKnown(prospect) : chosenOf(candidates, skillIds);
  const items = await loadBank(db, learnerId, wanted, seed);
  const skills = wanted.filter((_, k) => items.some((item) => item.skills.includes(k)));
  if (skills.length === 0 || (skillIds !== undefined && skills.length < wanted.length)) {
    const without = wanted.filter((skill) => !skills.includes(skill)).map(({ name }) => name);
    const got = without.length === 0 ? 'a course without any' : `none left on ${without.join(', ')}`;
    throw new Problem('conflict', `quiz: expected skills with questions, got ${got}; choose others or import content.`);
  }
  const numberOf = new Map(skills.map((skill, k) => [wanted.indexOf(skill), k]));
  return {
    skills: skills.map(({ from: _, ...skill }) => skill),
    bank: items.map((item) => ({ ...item, skills: item.skills.map((k) => numberOf.get(k) ?? 0) })),
    ...{ most: questions, seed },
    model: fitted && { name: fitted.name, version: fitted.version, from: skills[0].from },
  };
}

function chosenOf(candidates: readonly Candidate[], skillIds: readonly number[]): Candidate[] {
  return [...new Set(skillIds)].map((id) => {
    const found = candidates.find((candidate) => candidate.id === id);
    if (found !== undefined) return found;
    const detail = `expected skills of the course that there are questions for, got ${id}`;
    throw new Problem('invalid-request', `skillIds: ${detail}; choose from the offer.`, [
      { field: 'skillIds', detail },
    ]);
  });
}

async function lookAhead(db: Db, learnerId: number, courseId: number): Promise<Prospect> {
  const course = await loadCourseGraph(db, courseId);
  const state = await loadLearnerState(db, learnerId, course);
  const fitted = await newestFit(db, courseId);
  const mastery = await masteryOf(db, learnerId);
  const askable = await askableSkills(db, courseId);
  const initial = fitted?.initial();
  const candidates = course.graph.skills.flatMap(({ id: key, name }, k): Candidate[] => {
    const id = course.ids[k];
    if (!askable.has(id)) return [];
    const before: Estimate | null = fitted && (mastery.get(id)?.estimate ?? fitted.mastery(initial, key));
    const { guess, slip, from } = answerParameters(fitted, key);
    const known = chanceKnown(fitted, before?.mean ?? Number.NaN, { guess, slip, from });
    return [{ id, key, name, known, guess, slip, before, from }];
  });
  return { state, fitted, candidates };
}

/** Skills with at least one item that can be shown: of a template, or imported whole with its figures. */
async function askableSkills(db: Db, courseId: number): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    SELECT DISTINCT item_skill.skill_id AS id FROM item JOIN item_skill ON item_skill.item_id = item.id
    WHERE item.course_id = ${courseId} AND ${canBeShown}`.execute(db);
  return new Set(rows.map((row) => row.id));
}

const canBeShown = sql`((item.template AND item.key = ANY(${[...templates.keys()]}::text[]))
  OR (NOT item.template AND item.body IS NOT NULL
    AND jsonb_array_length(coalesce(item.body->'missingFigures', '[]')) = 0))`;

/**
 * The skills of which least is known, largest p (1 - p), among those that the goals and what people pinned need and that
 * are in reach; where none is, among all that they need, and at last among all that there are questions for.
 */
function leastKnown({ state, candidates }: Prospect): Candidate[] {
  const { path, course } = state;
  const { graph } = course;
  const goals = [...goalsOf(path), ...(path.pins ?? [])].map(({ skill }) => skill);
  const needed = new Set(goalClosure(graph, goals));
  const candidateOf = new Map(candidates.map((candidate) => [course.numberOf.get(candidate.id) ?? -1, candidate]));
  const known = (skill: number): number => candidateOf.get(skill)?.known ?? 1;
  // Of a skill without answers the planner judges by its neighbours; the model's first guess is the same for everybody.
  const believed = (skill: number): number => masteryWithDeviation(path.beliefs, skill, path.beliefs.day).mean;
  const inReach = (skill: number): boolean => {
    for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
      if (graph.parentHard[e] === 1 && believed(graph.parent[e]) < IN_REACH) return false;
    }
    return true;
  };
  const all = [...candidateOf.keys()];
  const onTheWay = all.filter((skill) => needed.has(skill));
  const pools = [onTheWay.filter(inReach), onTheWay, all];
  const pool = pools.find((skills) => skills.length > 0) ?? [];
  return pool
    .sort((a, b) => doubt(known(b)) - doubt(known(a)) || a - b)
    .slice(0, USUAL_SKILLS)
    .flatMap((skill) => candidateOf.get(skill) ?? []);
}

/**
 * Items that ask for these skills and no others (a wrong answer would not tell which of them is missing); imported ones
 * only where the learner has never seen them. In an order drawn by the seed, so that ties do not always go to the first.
 */
async function loadBank(db: Db, learnerId: number, wanted: readonly Candidate[], seed: number): Promise<BankItem[]> {
  const ids = wanted.map(({ id }) => id);
  const { rows } = await sql<{ id: number; template: boolean; skills: number[] }>`
    SELECT item.id, item.template, array_agg(item_skill.skill_id ORDER BY item_skill.skill_id) AS skills
    FROM item JOIN item_skill ON item_skill.item_id = item.id
    WHERE item.id IN (SELECT item_id FROM item_skill WHERE skill_id = ANY(${ids}::integer[])) AND ${canBeShown}
      AND (item.template OR item.id NOT IN (
        SELECT item_id FROM interaction WHERE learner_id = ${learnerId} AND item_id IS NOT NULL
        UNION SELECT item_id FROM exercise WHERE learner_id = ${learnerId}
        UNION SELECT item_id FROM quiz_question JOIN quiz ON quiz.id = quiz_id WHERE quiz.learner_id = ${learnerId}))
    GROUP BY item.id ORDER BY item.id`.execute(db);
  const items = rows
    .filter(({ skills }) => skills.every((skill) => ids.includes(skill)))
    .map(({ id, template, skills }): BankItem => {
      return { itemId: id, skills: skills.map((skill) => ids.indexOf(skill)).sort((a, b) => a - b), template };
    });
  const drawn = createRandom(seed).fork('bank').shuffle(items);
  const taken = ids.map(() => 0);
  return drawn.filter(({ skills, template }) => template || taken[skills[0]]++ < MOST_ITEMS);
}
