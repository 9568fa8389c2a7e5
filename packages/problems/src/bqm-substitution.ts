/**
 * Variables of a binary quadratic model replaced by others: v_i = shift + factor * v_target. With factor -1 that is a flip
 * (SPIN: -v, BINARY: 1 - v), with another target a contraction. Energies stay equal.
 */
import { type BinaryQuadraticModel, createBqm, type PairEntry, upperPairs } from './bqm.ts';
import type { FixedBqm } from './bqm-operations.ts';
import { ProblemError } from './errors.ts';

/** The model over flipped variables: E'(v with these flipped) = E(v). @throws ProblemError BAD_VARIABLE */
export function flipVariables(bqm: BinaryQuadraticModel, flipped: Iterable<number>): BinaryQuadraticModel {
  const factor = new Int8Array(bqm.linear.length).fill(1);
  for (const i of flipped) {
    requireIndex(bqm, i, 'flipVariables');
    factor[i] = -1;
  }
  const target = Int32Array.from(factor, (_, i) => i);
  return substitute(bqm, bqm.variables, target, factor);
}

/**
 * Makes variable `gone` equal to `kept` (or its opposite): one variable less. `expand` gives back full samples.
 * @throws ProblemError BAD_VARIABLE for unknown indices or one variable twice.
 */
export function contractVariables(
  bqm: BinaryQuadraticModel,
  kept: number,
  gone: number,
  relation: 'equal' | 'opposite' = 'equal',
): FixedBqm {
  for (const i of [kept, gone]) requireIndex(bqm, i, 'contractVariables');
  if (kept === gone) {
    throw new ProblemError('BAD_VARIABLE', `contractVariables: expected two variables, got ${kept} twice; correct it.`);
  }
  const size = bqm.linear.length;
  const free = Int32Array.from({ length: size }, (_, i) => i).filter((i) => i !== gone);
  const place = (i: number): number => (i > gone ? i - 1 : i);
  const target = Int32Array.from({ length: size }, (_, i) => place(i === gone ? kept : i));
  const factor = new Int8Array(size).fill(1);
  if (relation === 'opposite') factor[gone] = -1;
  const shift = relation === 'opposite' && bqm.vartype === 'BINARY' ? 1 : 0;
  return {
    bqm: substitute(
      bqm,
      Array.from(free, (i) => bqm.variables[i]),
      target,
      factor,
    ),
    free,
    expand: (values) => Int32Array.from(target, (to, i) => (i === gone ? shift + factor[i] * values[to] : values[to])),
  };
}

function substitute(
  bqm: BinaryQuadraticModel,
  variables: readonly string[],
  target: Int32Array,
  factor: Int8Array,
): BinaryQuadraticModel {
  const linear = new Float64Array(variables.length);
  const quadratic: PairEntry[] = [];
  const shift = (i: number): number => (factor[i] < 0 && bqm.vartype === 'BINARY' ? 1 : 0);
  let offset = bqm.offset;
  for (const [i, bias] of bqm.linear.entries()) {
    linear[target[i]] += factor[i] * bias;
    offset += shift(i) * bias;
  }
  for (const [i, j, bias] of upperPairs(bqm)) {
    quadratic.push([target[i], target[j], factor[i] * factor[j] * bias]);
    linear[target[i]] += factor[i] * shift(j) * bias;
    linear[target[j]] += factor[j] * shift(i) * bias;
    offset += shift(i) * shift(j) * bias;
  }
  return createBqm({ vartype: bqm.vartype, variables, linear, quadratic, offset });
}

function requireIndex(bqm: BinaryQuadraticModel, i: number, where: string): void {
  if (Number.isInteger(i) && i >= 0 && i < bqm.linear.length) return;
  const last = bqm.linear.length - 1;
  throw new ProblemError('BAD_VARIABLE', `${where}: expected indices from 0 to ${last}, got ${i}; correct it.`);
}
