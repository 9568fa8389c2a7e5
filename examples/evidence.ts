/** Champion and challengers: three policies on the same 200 simulated learners, and what may be said about them. */
import assert from 'node:assert/strict';
import { type Contender, createRunRecord, hashJson, judge, meanInterval } from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';

const random = createRandom('evidence example');
const ability = Array.from({ length: 200 }, () => Math.exp(0.3 * random.normal()));

/** Sessions until competency; what a learner brings along is shared by all policies. */
function run(name: string, factor: number): Contender {
  const luck = random.fork(name);
  return { name, values: ability.map((learner) => (48 * factor * Math.exp(0.15 * luck.normal())) / learner) };
}

const champion = run('the tuned rule', 1);
const challengers = [run('planner', 0.84), run('a twin of the rule', 1), run('coin tossing', 1.6)];
const judgement = judge(champion, challengers, {
  measure: 'sessions',
  countable: true,
  lowerIsBetter: true,
  unit: 'learner',
  seed: 1,
  simulated: true,
});

const { mean, low, high } = meanInterval(champion.values);
console.log(`${champion.name}: ${mean.toFixed(1)} sessions (${low.toFixed(1)} to ${high.toFixed(1)})`);
for (const { challenger, words } of judgement.comparisons) console.log(`${challenger}: ${words}`);
console.log(judgement.words);

// The judgement leaves a record; identity and time come from whoever runs it.
const record = createRunRecord(
  {
    kind: 'compare',
    subject: 'judge',
    inputs: [{ name: 'simulated learners', rows: 200, simulated: true, sha256: hashJson(ability) }],
    seed: 1,
    result: judgement,
  },
  { id: crypto.randomUUID(), startedAt: new Date() },
);
console.log(`run record ${record.id.length === 36 ? 'stored under a UUID' : 'without a UUID'}`);
assert.equal(judgement.candidate, 'planner');
assert.equal(judgement.comparisons[2].verdict, 'worse');
