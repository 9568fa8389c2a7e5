/** A random graph of a given size as a Max-Cut file (rudy format), the same for the same seed. */
import { createRandom } from '@qurriculum/random';

/** Each pair at most once, weights 1; `edges` at most half of all pairs, so that drawing them stays quick. */
export function randomGraphFile(vertices: number, edges: number, seed: number): string {
  const random = createRandom(seed).fork('graph', vertices, edges);
  const chosen = new Set<number>();
  while (chosen.size < edges) {
    const [first, second] = [random.integer(vertices), random.integer(vertices)];
    if (first < second) chosen.add(first * vertices + second);
  }
  const lines = Array.from(chosen, (pair) => `${Math.floor(pair / vertices) + 1} ${(pair % vertices) + 1} 1`);
  return `${vertices} ${edges}\n${lines.join('\n')}\n`;
}
