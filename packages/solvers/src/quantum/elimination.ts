/**
 * An Ising model that loses one spin after the other, Z_i = s Z_j or Z_i = s, and the way back: the elimination of
 * recursive QAOA (Bravyi, Kliesch, Koenig & Tang 2020, Phys. Rev. Lett. 125, 260505).
 */
import type { Coupling, IsingCoefficients } from '@qurriculum/quantum';

/** Z_spin = sign Z_other, or Z_spin = sign where `other` is null. */
export interface Elimination {
  readonly spin: number;
  readonly sign: 1 | -1;
  readonly other: number | null;
}

/** A model on some of the original spins. */
export interface ReducedIsing {
  /** Original numbers of the spins that are left, ascending. */
  readonly spins: readonly number[];
  /** Coefficients by position in `spins`. */
  readonly ising: IsingCoefficients;
}

export function wholeIsing(ising: IsingCoefficients): ReducedIsing {
  return { spins: Array.from(ising.fields, (_, i) => i), ising };
}

/**
 * The model with Z_i = s Z_j put in: h_j += s h_i, J_jk += s J_ik, offset += s J_ij; with Z_i = s: offset += s h_i,
 * h_k += s J_ik. Spins of the elimination are original numbers.
 */
export function eliminate({ spins, ising }: ReducedIsing, { spin, sign, other }: Elimination): ReducedIsing {
  const gone = spins.indexOf(spin);
  const kept = other === null ? -1 : spins.indexOf(other);
  const place = (old: number): number => (old > gone ? old - 1 : old);
  const fields = ising.fields.filter((_, k) => k !== gone);
  let offset = ising.offset;
  if (kept < 0) offset += sign * ising.fields[gone];
  else fields[place(kept)] += sign * ising.fields[gone];
  const couplings = new Map<number, Coupling>();
  const add = (a: number, b: number, value: number): void => {
    const [first, second] = a < b ? [a, b] : [b, a];
    const key = first * spins.length + second;
    couplings.set(key, { first, second, value: value + (couplings.get(key)?.value ?? 0) });
  };
  for (const { first, second, value } of ising.couplings) {
    if (first !== gone && second !== gone) {
      add(place(first), place(second), value);
      continue;
    }
    const neighbour = first === gone ? second : first;
    if (neighbour === kept) offset += sign * value;
    else if (kept < 0) fields[place(neighbour)] += sign * value;
    else add(place(kept), place(neighbour), sign * value);
  }
  return {
    spins: spins.filter((_, k) => k !== gone),
    ising: { fields, couplings: [...couplings.values()].filter(({ value }) => value !== 0), offset },
  };
}

/** Puts the eliminated spins back, last one first; `values` (+1 or -1) are those of all original spins, in place. */
export function restore(values: Int32Array, eliminations: readonly Elimination[]): void {
  for (const { spin, sign, other } of [...eliminations].reverse()) {
    values[spin] = other === null ? sign : sign * values[other];
  }
}
