/** A course: prerequisites as a graph, what a learner is ready for, and an answer judged by its meaning. */
import assert from 'node:assert/strict';
import { breakCycles, createSkillGraph, goalClosure, outerFringe, SkillGraphError } from '@qurriculum/course';
import { checkAnswer } from '@qurriculum/course/answers';

const skills = ['whole numbers', 'fractions', 'decimals', 'percentages', 'ratio'].map((name) => ({ id: name, name }));
const hard = (from: string, to: string) => ({ from, to, strength: 'hard' as const });
const prerequisites = [
  hard('whole numbers', 'fractions'),
  hard('whole numbers', 'decimals'),
  hard('fractions', 'percentages'),
  hard('decimals', 'percentages'),
  hard('fractions', 'ratio'),
];
const graph = createSkillGraph(skills, prerequisites);
const namesOf = (numbers: Iterable<number>): string => Array.from(numbers, (skill) => skills[skill].name).join(', ');

const ready = outerFringe(graph, [1, 1, 0, 0, 0]);
console.log(`whole numbers and fractions are known; ready to learn: ${namesOf(ready)}`);
console.log(`all that percentages need: ${namesOf(goalClosure(graph, [3]))}`);
assert.equal(namesOf(ready), 'decimals, ratio');

// A cycle is refused by name, or broken, and then it says what was dropped.
const withCycle = [...prerequisites, { from: 'ratio', to: 'whole numbers', strength: 'soft' as const }];
try {
  createSkillGraph(skills, withCycle);
} catch (error) {
  assert.ok(error instanceof SkillGraphError && error.code === 'cycle');
  console.log(error.message);
}
for (const { prerequisite } of breakCycles(skills, withCycle).dropped) {
  console.log(`dropped: ${prerequisite.from} before ${prerequisite.to}`);
}

const answer = {
  kind: 'algebraic',
  expression: '2(x+3)',
  distractors: [{ response: '2x+3', misconception: 'multiplies-first-term-only' }],
} as const;
for (const response of ['6+2x', '(4x+12)/2', '2x+3']) {
  const { correct, misconception } = checkAnswer(answer, response);
  console.log(`2(x+3) = ${response}? ${correct ? 'right' : `wrong: ${misconception}`}`);
}
assert.ok(checkAnswer(answer, '(4x+12)/2').correct);
assert.equal(checkAnswer(answer, '2x+3').misconception, 'multiplies-first-term-only');
