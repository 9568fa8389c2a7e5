/**
 * Angles that need no search: the same for all models of a kind, once gamma is counted in the model's own unit (Brandao,
 * Broughton, Farhi, Gutmann & Neven 2018, arXiv:1812.04170, on why; Wurtz & Lykov 2021, "Fixed-angle conjectures for the
 * quantum approximate optimization algorithm on regular MaxCut graphs", Phys. Rev. A 104, 052419, for regular graphs;
 * Shaydulin, Lotshaw, Larson, Ostrowski & Humble 2023, "Parameter transfer for quantum approximate optimization of
 * weighted MaxCut", ACM Trans. Quantum Comput. 4, 19, for weights).
 */
import type { QaoaAngles } from './adjoint.ts';
import { gammaUnit } from './angles.ts';
import { REGULAR_ANGLES, WEIGHTED_ANGLES } from './fixed-angle-table.ts';
import type { IsingCoefficients } from './ising.ts';

/** The fixed angles of a model for any number of layers; beyond the table its deepest entry is read as two curves. */
export function fixedAngles(ising: IsingCoefficients, layers: number): QaoaAngles {
  const table = isUnweighted(ising) ? REGULAR_ANGLES : WEIGHTED_ANGLES;
  const entry = table.length < layers ? stretchAngles(table[table.length - 1], layers) : table[layers - 1];
  const unit = unitOfFixedAngles(ising);
  return { gammas: entry.gammas.map((gamma) => gamma * unit), betas: entry.betas };
}

/**
 * The unit in which the table's gammas are counted. Couplings of one size |J|, no fields, mean degree d:
 *
 *   arctan(1 / sqrt(d - 1)) / (2 |J|),
 *
 * which is the p = 1 optimum itself on regular graphs without triangles (Wang, Hadfield, Jiang & Rieffel 2018, Phys. Rev.
 * A 97, 022304, corollary 1). Else `gammaUnit`, the root mean square of what one flip changes.
 */
export function unitOfFixedAngles(ising: IsingCoefficients): number {
  if (!isUnweighted(ising)) return gammaUnit(ising);
  const degree = (2 * ising.couplings.length) / ising.fields.length;
  return Math.atan(1 / Math.sqrt(degree - 1)) / (2 * Math.abs(ising.couplings[0].value));
}

/** Couplings that differ by less than this share count as equal. */
const EQUAL_SHARE = 1e-9;

/** Max-Cut without weights on a graph with more edges than half its vertices, as d > 1 asks. */
function isUnweighted({ fields, couplings }: IsingCoefficients): boolean {
  if (2 * couplings.length <= fields.length || fields.some((field) => field !== 0)) return false;
  const [{ value: size }] = couplings;
  return couplings.every(({ value }) => Math.abs(value - size) <= EQUAL_SHARE * Math.abs(size));
}

/** The curves through angles, layer l of p at (l + 1/2) / p, read at more layers; the ends go on level. */
function stretchAngles({ gammas, betas }: QaoaAngles, layers: number): QaoaAngles {
  const read = (angles: readonly number[]): number[] =>
    Array.from({ length: layers }, (_, l) => {
      const place = Math.min(Math.max(((l + 0.5) / layers) * angles.length - 0.5, 0), angles.length - 1);
      const before = Math.min(Math.floor(place), angles.length - 2);
      return angles[before] + (place - before) * (angles[before + 1] - angles[before]);
    });
  return { gammas: read(gammas), betas: read(betas) };
}
