/** Labelled streams: two policies draw differently often and still meet the same luck. */
import assert from 'node:assert/strict';
import { createRandom } from '@qurriculum/random';

const seed = 7;

/** A policy that dithers draws more numbers of its own; the learner's luck comes from a stream found by label. */
function play(policy: string, dithering: number): string {
  const own = createRandom(seed).fork('policy', policy);
  const luck = createRandom(seed).fork('learner', 12);
  let answers = '';
  for (let session = 0; session < 20; session++) {
    for (let draw = 0; draw < dithering; draw++) own.next();
    answers += luck.fork('session', session).chance(0.7) ? '+' : '-';
  }
  return answers;
}

const [calm, dithering] = [play('calm', 1), play('dithering', 5)];
console.log(`calm       ${calm}`);
console.log(`dithering  ${dithering}`);
assert.equal(calm, dithering);
