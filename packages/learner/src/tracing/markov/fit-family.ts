/**
 * Fits a family of operator models to a table: the population of all skills first, then every skill from the population's
 * point and from points around it. Every skill is held near the population by imaginary learners who follow it: their
 * expected answers are added to the skill's own. (A conjugate prior in all but name; unlike a penalty on parameters it
 * means the same to every family, so families are compared on equal terms.)
 */
import { createRandom, type Random } from '@qurriculum/random';
import type { AnswerTree } from '../bkt/answer-tree.ts';
import type { SkillTrees } from '../bkt/skill-trees.ts';
import { type Ascended, type AscentProblem, ascend } from './ascend.ts';
import type { OperatorFamily } from './family.ts';
import { nextState, type OperatorModel, operatorLikelihood, rightInState } from './operator-model.ts';

export interface FamilyFit {
  /** Points by skill index in standard form; null where the skill has no rows. */
  readonly ofSkill: readonly (Float64Array | null)[];
  readonly population: Float64Array;
}

export interface FamilyFitOptions {
  readonly seed: number;
  /** How many imaginary learners hold each skill near the population. */
  readonly imaginaryLearners: number;
}

// Answers of each imaginary learner: long enough to show learning, and a tree of 63 nodes.
export const imaginaryAnswers = 6;

// Evaluations of the likelihood: the same for every family.
const populationBudget = { starts: 6, first: 40, kept: 2, more: 250 };
const skillBudget = { starts: 3, first: 25, kept: 1, more: 80 };

/** @param each is awaited after every skill with the share of the work done, up to 1. */
export async function fitFamily(
  family: OperatorFamily,
  { ofSkill, pooled }: SkillTrees,
  { seed, imaginaryLearners }: FamilyFitOptions,
  each: (fraction: number) => Promise<void>,
): Promise<FamilyFit> {
  const random = createRandom(seed).fork(family.name);
  const starts = Array.from({ length: populationBudget.starts }, (_, k) => family.start(k, random.fork('start', k)));
  // An evenly spread start as a prior: it decides where there are no answers at all.
  const weak = imaginaryTree(family.operators(starts[0]), 1);
  const population = family.standard(climb(problemOf(family, [pooled, weak]), starts, populationBudget).point);
  await each(0);
  const imaginary = imaginaryTree(family.operators(population), imaginaryLearners);
  const points: (Float64Array | null)[] = [];
  for (const [index, tree] of ofSkill.entries()) {
    const near = startsNear(family, population, random.fork('skill', index));
    points.push(
      tree === null ? null : family.standard(climb(problemOf(family, [tree, imaginary]), near, skillBudget).point),
    );
    await each((index + 1) / ofSkill.length);
  }
  return { population, ofSkill: points };
}

function startsNear(family: OperatorFamily, population: Float64Array, random: Random): Float64Array[] {
  return [
    population,
    ...Array.from({ length: skillBudget.starts - 1 }, (_, k) => family.near(population, random.fork(k))),
  ];
}

function climb(problem: AscentProblem, starts: readonly Float64Array[], budget: typeof populationBudget): Ascended {
  const begun = starts.map((start) => ascend(problem, start, budget.first));
  begun.sort((a, b) => b.value - a.value);
  return begun
    .slice(0, budget.kept)
    .map((point) => ascend(problem, point.point, budget.more))
    .reduce((a, b) => (b.value > a.value ? b : a));
}

function problemOf(family: OperatorFamily, trees: readonly AnswerTree[]): AscentProblem {
  return {
    move: family.move,
    evaluate(point) {
      const model = family.operators(point);
      let value = 0;
      const gradient = new Float64Array(family.length);
      for (const tree of trees) {
        const found = operatorLikelihood(tree, model);
        value += found.value;
        family.gradient(point, found.slopes).forEach((slope, i) => {
          gradient[i] += slope;
        });
      }
      return { value, gradient };
    },
  };
}

/** The full tree of a few answers, with the answers that learners who follow the model would be expected to give. */
export function imaginaryTree(model: OperatorModel, learners: number): AnswerTree {
  const nodes = 2 ** imaginaryAnswers - 1;
  const tree = {
    nodes,
    parent: new Int32Array(nodes).fill(-1),
    answer: new Uint8Array(nodes),
    afterBreak: new Uint8Array(nodes),
    right: new Float64Array(nodes),
    wrong: new Float64Array(nodes),
    ends: new Float64Array(2 * nodes),
  };
  const states: (readonly number[])[] = [Array.from(model.start)];
  const reach = new Float64Array(nodes);
  reach[0] = learners;
  for (let node = 0; node < nodes; node++) {
    const parent = Math.floor((node - 1) / 2);
    if (node > 0) {
      const answer = node % 2 === 1 ? 0 : 1;
      tree.parent[node] = parent;
      tree.answer[node] = answer;
      states.push(nextState(model, states[parent], answer));
      reach[node] = answer === 1 ? tree.right[parent] : tree.wrong[parent];
    }
    const right = rightInState(model, states[node]);
    tree.right[node] = reach[node] * right;
    tree.wrong[node] = reach[node] * (1 - right);
  }
  return tree;
}
