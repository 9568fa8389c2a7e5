/** Adam (Kingma & Ba 2015, algorithm 1) behind a clip of the slopes' norm (Pascanu et al. 2013, algorithm 1). */
import type { Numbers } from '@qurriculum/kernels';

const firstDecay = 0.9;
const secondDecay = 0.999;
const smallest = 1e-8;

export interface AdamOptions {
  /** Slopes of a larger norm are scaled down to it. */
  readonly clip: number;
}

/** A step down the slopes: moves the weights in place. Root and division are exact to rounding on every machine. */
export function createAdam(weights: Numbers, { clip }: AdamOptions): (slopes: Numbers, rate: number) => void {
  const first = new Float32Array(weights.length);
  const second = new Float32Array(weights.length);
  let firstLeft = 1;
  let secondLeft = 1;
  return (slopes, rate) => {
    firstLeft *= firstDecay;
    secondLeft *= secondDecay;
    let squares = 0;
    for (let k = 0; k < slopes.length; k++) squares += slopes[k] * slopes[k];
    const scale = Math.min(1, clip / Math.sqrt(squares));
    const step = rate / (1 - firstLeft);
    const share = 1 / (1 - secondLeft);
    for (let k = 0; k < slopes.length; k++) {
      const slope = scale * slopes[k];
      const mean = first[k] + (1 - firstDecay) * (slope - first[k]);
      const square = second[k] + (1 - secondDecay) * (slope * slope - second[k]);
      first[k] = mean;
      second[k] = square;
      weights[k] -= (step * mean) / (Math.sqrt(square * share) + smallest);
    }
  };
}
