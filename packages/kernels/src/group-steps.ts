/**
 * What a mixer on groups does, in steps that follow each other, each on disjoint groups of k places that lie `stride`
 * amplitudes apart; and the TypeScript twin of assembly/groups.ts, which does the same operations in the same order.
 */

/** Real and imaginary parts apart, float64. */
export interface SplitDoubles {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Graphs on the places of a group, or any 2 x 2 matrix on groups of two. */
export type GroupKind = 'complete' | 'circulant' | 'pair';

export interface MixedGroup {
  readonly kind: GroupKind;
  /** k. */
  readonly places: number;
  readonly stride: number;
}

/** exp(-i beta A) on one step's groups. */
export interface GroupStep extends MixedGroup {
  /**
   * complete: c and e^(i beta) of e^(i beta) (1 + c J), real and imaginary parts. circulant: the k entries by distance,
   * real and imaginary part of each. pair: the four entries by rows, likewise.
   */
  readonly numbers: Float64Array;
}

/** A on one step's groups: all ones but the diagonal (complete), a ring's neighbours (circulant), or a pair's matrix. */
export interface GroupGenerator extends MixedGroup {
  /** pair: the four real entries by rows; else empty. */
  readonly numbers: Float64Array;
}

/** Does one step in place. */
export function applyStep({ re, im }: SplitDoubles, step: GroupStep): void {
  const { stride } = step;
  const span = step.places * stride;
  const apply = MAKERS[step.kind](step);
  for (let base = 0; base < re.length; base += span) {
    for (let x = base; x < base + stride; x++) apply(re, im, x);
  }
}

/** A step on the group that begins at x. */
type OneGroup = (re: Float64Array, im: Float64Array, x: number) => void;

const MAKERS: Readonly<Record<GroupKind, (step: GroupStep) => OneGroup>> = { complete, circulant, pair };

function complete({ places, stride, numbers }: GroupStep): OneGroup {
  const [cRe, cIm, c, s] = numbers;
  const span = places * stride;
  return (re, im, x) => {
    let a = re[x];
    let b = im[x];
    for (let y = x + stride; y < x + span; y += stride) {
      a += re[y];
      b += im[y];
    }
    const addRe = cRe * a - cIm * b;
    const addIm = cRe * b + cIm * a;
    for (let y = x; y < x + span; y += stride) {
      const r = re[y] + addRe;
      const i = im[y] + addIm;
      re[y] = r * c - i * s;
      im[y] = i * c + r * s;
    }
  };
}

function pair({ stride, numbers }: GroupStep): OneGroup {
  const [aRe, aIm, bRe, bIm, cRe, cIm, dRe, dIm] = numbers;
  return (re, im, x) => {
    const y = x + stride;
    const r0 = re[x];
    const i0 = im[x];
    const r1 = re[y];
    const i1 = im[y];
    re[x] = aRe * r0 - aIm * i0 + (bRe * r1 - bIm * i1);
    im[x] = aRe * i0 + aIm * r0 + (bRe * i1 + bIm * r1);
    re[y] = cRe * r0 - cIm * i0 + (dRe * r1 - dIm * i1);
    im[y] = cRe * i0 + cIm * r0 + (dRe * i1 + dIm * r1);
  };
}

function circulant({ places, stride, numbers }: GroupStep): OneGroup {
  const [inRe, inIm] = [new Float64Array(places), new Float64Array(places)];
  return (re, im, x) => {
    for (let u = 0; u < places; u++) {
      inRe[u] = re[x + u * stride];
      inIm[u] = im[x + u * stride];
    }
    for (let u = 0; u < places; u++) {
      let a = numbers[2 * u] * inRe[0] - numbers[2 * u + 1] * inIm[0];
      let b = numbers[2 * u] * inIm[0] + numbers[2 * u + 1] * inRe[0];
      for (let v = 1; v < places; v++) {
        const d = 2 * (u >= v ? u - v : u - v + places);
        a += numbers[d] * inRe[v] - numbers[d + 1] * inIm[v];
        b += numbers[d] * inIm[v] + numbers[d + 1] * inRe[v];
      }
      re[x + u * stride] = a;
      im[x + u * stride] = b;
    }
  };
}

/** Im <b| A |a>. Groups are summed alternately in two sums, as the lanes of a vector are; the two are added last. */
export function generatorOverlap(a: SplitDoubles, b: SplitDoubles, generator: GroupGenerator): number {
  const { places, stride } = generator;
  const span = places * stride;
  const sums = [0, 0];
  for (let base = 0; base < a.re.length; base += span) {
    for (let x = base; x < base + stride; x++) {
      const lane = stride === 1 ? (base / span) % 2 : (x - base) % 2;
      for (let u = 0; u < places; u++) {
        const y = x + u * stride;
        sums[lane] += b.re[y] * timesGenerator(a.im, x, u, generator) - b.im[y] * timesGenerator(a.re, x, u, generator);
      }
    }
  }
  return sums[0] + sums[1];
}

/** Place u of A times the group that begins at x. */
function timesGenerator(part: Float64Array, x: number, u: number, generator: GroupGenerator): number {
  const { kind, places, stride, numbers } = generator;
  if (kind === 'pair') return numbers[2 * u] * part[x] + numbers[2 * u + 1] * part[x + stride];
  if (kind === 'circulant') {
    const before = (u + places - 1) % places;
    const behind = (u + 1) % places;
    return part[x + before * stride] + (before === behind ? 0 : part[x + behind * stride]);
  }
  let sum = part[x];
  for (let v = 1; v < places; v++) sum += part[x + v * stride];
  return sum - part[x + u * stride];
}
