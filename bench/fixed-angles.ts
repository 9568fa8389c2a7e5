/**
 * Makes packages/quantum/src/fixed-angle-table.ts: for p = 1 .. 10 the angles at which the mean approximation ratio
 * (greatest cost - <C>) / (greatest - least) over seeded random models is highest, gammas in the units of
 * `fixedAngles`. Each depth starts from INTERP of the one before and from a linear ramp, whichever ends better; L-BFGS on
 * adjoint gradients. Takes a minute or two; the same seeds give the same table.
 *
 *   node --conditions=development bench/fixed-angles.ts > packages/quantum/src/fixed-angle-table.ts
 *   npx biome format --write packages/quantum/src/fixed-angle-table.ts
 */
import {
  createQaoaObjective,
  type IsingCoefficients,
  interpolateAngles,
  linearRamp,
  minimise,
  type QaoaAngles,
  unitOfFixedAngles,
} from '@qurriculum/quantum';
import { type IsingFamily, isingCosts, isingInstance } from './ising-instances.ts';

const DEPTHS = 10;
const QUBITS = 12;
/** Seeds from 1 on; the comparison in angle-starts.bench.ts uses others. */
const INSTANCES = 24;
const EVALUATIONS = 300;
const TOLERANCE = 1e-5;
const FIRST_STEP = 0.1;

interface Member {
  /** Minus the approximation ratio and its derivatives, gammas in units. */
  ratio(point: Float64Array): { readonly value: number; readonly gradient: Float64Array };
}

function createMember(ising: IsingCoefficients): Member {
  const costs = isingCosts(ising);
  const unit = unitOfFixedAngles(ising);
  const objective = createQaoaObjective(costs);
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const cost of costs) {
    least = Math.min(least, cost);
    greatest = Math.max(greatest, cost);
  }
  const spread = greatest - least;
  return {
    ratio(point) {
      const { gammas, betas } = toAngles(point);
      const { energy, ...by } = objective.gradient({ gammas: gammas.map((gamma) => gamma * unit), betas });
      const gradient = Float64Array.from([
        ...by.gammas.map((slope) => (slope * unit) / spread),
        ...by.betas.map((slope) => slope / spread),
      ]);
      return { value: (energy - greatest) / spread, gradient };
    },
  };
}

function toAngles(point: Float64Array): QaoaAngles {
  const layers = point.length / 2;
  return { gammas: [...point.subarray(0, layers)], betas: [...point.subarray(layers)] };
}

function mean(members: readonly Member[], point: Float64Array) {
  let value = 0;
  const gradient = new Float64Array(point.length);
  for (const member of members) {
    const own = member.ratio(point);
    value += own.value / members.length;
    for (let k = 0; k < gradient.length; k++) gradient[k] += own.gradient[k] / members.length;
  }
  return { value, gradient };
}

function table(families: readonly IsingFamily[]): { readonly angles: QaoaAngles; readonly ratio: number }[] {
  const members = families.flatMap((family) =>
    Array.from({ length: INSTANCES }, (_, seed) => createMember(isingInstance(family, QUBITS, seed + 1))),
  );
  const made: { readonly angles: QaoaAngles; readonly ratio: number }[] = [];
  for (let layers = 1; layers <= DEPTHS; layers++) {
    const before = made.at(-1);
    const starts = [linearRamp(layers, 1), ...(before ? [interpolateAngles(before.angles)] : [])];
    const ends = starts.map(({ gammas, betas }) => {
      let end = { angles: { gammas, betas } as QaoaAngles, ratio: 0 };
      const start = Float64Array.from([...gammas, ...betas]);
      const options = { evaluations: EVALUATIONS, tolerance: TOLERANCE, firstStep: FIRST_STEP };
      for (const step of minimise((point) => mean(members, point), start, options)) {
        end = { angles: toAngles(step.point), ratio: -step.value };
      }
      return end;
    });
    made.push(ends.reduce((best, end) => (end.ratio > best.ratio ? end : best)));
    process.stderr.write(`${families.join(' + ')}, p = ${layers}: ${made[layers - 1].ratio.toFixed(4)}\n`);
  }
  return made;
}

function printed(name: string, comment: string, families: readonly IsingFamily[]): string {
  const list = (values: readonly number[]): string => `[${values.map((value) => value.toFixed(5)).join(', ')}]`;
  const rows = table(families).map(
    ({ angles, ratio }) =>
      `  // Mean ratio ${ratio.toFixed(4)}.\n  { gammas: ${list(angles.gammas)}, betas: ${list(angles.betas)} },\n`,
  );
  return `/** ${comment} */\nexport const ${name}: readonly QaoaAngles[] = [\n${rows.join('')}];\n`;
}

process.stdout.write(
  `/**
 * Fixed angles of QAOA by depth, p = 1 first. Made by bench/fixed-angles.ts, which see: for each p those with the highest
 * mean approximation ratio over ${INSTANCES} seeded models of ${QUBITS} qubits of each family. Not to be edited by hand.
 */
import type { QaoaAngles } from './adjoint.ts';

${printed('REGULAR_ANGLES', 'Max-Cut on 3-regular graphs; gammas in units of arctan(1 / sqrt(d - 1)) / (2 |J|), d = 3.', ['regular'])}
${printed('WEIGHTED_ANGLES', 'Weighted 3-regular graphs, dense Gaussian couplings and QUBOs; gammas in units of `gammaUnit`.', ['weighted-regular', 'dense', 'qubo'])}`,
);
