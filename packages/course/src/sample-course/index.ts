/**
 * "Foundations of algebra": a course written for Qurriculum, from whole numbers to quadratics, rational expressions and
 * roots. Every skill has a template that makes unlimited items. The prerequisites are the authors' judgement.
 */
import type { Course } from '../items/course.ts';
import type { Prerequisite } from '../skill-graph.ts';
import { createSkillGraph } from '../skill-graph.ts';
import { misconceptions } from './misconceptions.ts';
import { equations } from './strands/equations.ts';
import { exponents } from './strands/exponents.ts';
import { expressions } from './strands/expressions.ts';
import { factoring } from './strands/factoring.ts';
import { fractions } from './strands/fractions.ts';
import { inequalities } from './strands/inequalities.ts';
import { lines } from './strands/lines.ts';
import { numbers } from './strands/numbers.ts';
import { polynomials } from './strands/polynomials.ts';
import { quadratics } from './strands/quadratics.ts';
import { radicals } from './strands/radicals.ts';
import { ratio } from './strands/ratio.ts';
import { rationalExpressions } from './strands/rational-expressions.ts';
import { systems } from './strands/systems.ts';
import type { Strand } from './write.ts';

const STRANDS: readonly Strand[] = [
  numbers,
  fractions,
  ratio,
  expressions,
  equations,
  inequalities,
  lines,
  systems,
  exponents,
  polynomials,
  factoring,
  radicals,
  quadratics,
  rationalExpressions,
];

/** Skills that look alike: met too close together, learners mix them up. */
const CONFUSABLE: readonly (readonly [string, string])[] = [
  ['greatest-common-factor', 'least-common-multiple'],
  ['add-integers', 'multiply-integers'],
  ['add-unlike-fractions', 'multiply-fractions'],
  ['multiply-fractions', 'divide-fractions'],
  ['percent-of-number', 'percent-change'],
  ['combine-like-terms', 'product-of-powers'],
  ['one-step-addition-equations', 'one-step-multiplication-equations'],
  ['one-step-inequalities', 'inequalities-with-negatives'],
  ['number-of-solutions', 'number-of-solutions-of-systems'],
  ['slope-intercept-form', 'intercepts'],
  ['systems-by-substitution', 'systems-by-elimination'],
  ['product-of-powers', 'power-of-a-power'],
  ['quotient-of-powers', 'negative-exponents'],
  ['add-polynomials', 'subtract-polynomials'],
  ['square-of-binomial', 'sum-times-difference'],
  ['factor-difference-of-squares', 'factor-perfect-squares'],
  ['factor-trinomials', 'quadratics-by-factoring'],
  ['add-radicals', 'multiply-radicals'],
  ['add-rational-like', 'add-rational-unlike'],
  ['undefined-values', 'zero-product'],
];

function writeCourse(): Course {
  const plans = STRANDS.flatMap(({ domain, skills }) => skills.map((skill) => ({ domain, ...skill })));
  const prerequisites = plans.flatMap(({ id, needs, helps = [] }): Prerequisite[] => [
    ...needs.map((from): Prerequisite => ({ from, to: id, strength: 'hard', source: 'given' })),
    ...helps.map((from): Prerequisite => ({ from, to: id, strength: 'soft', source: 'given' })),
  ]);
  const graph = createSkillGraph(
    plans.map(({ id, name, description, domain, minutes }) => ({
      id,
      name,
      subject: 'Algebra',
      domain,
      description,
      minutes,
    })),
    prerequisites,
  );
  return {
    id: 'foundations-of-algebra',
    name: 'Foundations of algebra',
    description: 'From whole numbers to quadratic equations, rational expressions and roots.',
    graph,
    items: [],
    templates: plans.map(({ id, make }) => ({ id, skill: id, generate: make })),
    misconceptions,
    confusable: CONFUSABLE,
    courseOrder: Array.from(graph.topologicalOrder, (skill) => graph.skills[skill].id),
    licence: 'Apache-2.0',
  };
}

/** The sample course. Its skills and templates never change between calls, so one value serves all. */
export const foundationsOfAlgebra: Course = writeCourse();
