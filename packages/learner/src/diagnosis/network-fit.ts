/**
 * Diagnosis without enumeration: attributes are a Bayesian network along the prerequisites, so that 100 and more of them
 * need no list of states. An attribute is held with probability lambda_k by those who hold all its direct prerequisites,
 * and by nobody else (the attribute hierarchy as a conjunctive network: Almond et al. 2007, Journal of Educational
 * Measurement 44, 341-359). EM with exact inference by bucket-tree.ts while its tables stay small, else with approximate
 * inference by loopy-propagation.ts.
 */
import { convergenceProgress, createPause, type LongWork, type Pause } from '../pause.ts';
import type { ResponsePatterns } from '../response/responses.ts';
import type { AttributeStructure } from './attributes.ts';
import { bucketTreeEntries, createBucketTree } from './bucket-tree.ts';
import type { ItemRule } from './item-rules.ts';
import { createLoopyPropagation } from './loopy-propagation.ts';
import { maximiseItem } from './parameters.ts';

export interface NetworkParameters {
  /** lambda of each attribute. */
  readonly mastery: Float64Array;
  /** Per item groups * categories probabilities. */
  readonly items: readonly Float64Array[];
}

/** One learner half for and half against each lambda: Jeffreys' prior. */
const PSEUDO_LEARNERS = 0.5;

export interface NetworkInference {
  /** False where items tie so many branches together that inference is approximate. */
  readonly exact: boolean;
  /** Fills beliefs about families and items from one learner's answers; returns their log-likelihood. */
  infer(parameters: NetworkParameters, answers: ArrayLike<number>, start: number): number;
  /** P(attributes of the family = combination): attribute k is bit 0, its prerequisites follow. */
  readonly families: readonly Float64Array[];
  /** P(attributes of the item = combination), in the order of its rule. */
  readonly items: readonly Float64Array[];
}

/** Entries of exact tables that fitting affords, some hundred times for each pattern: about as long as propagation. */
const FIT_ENTRIES = 2 ** 12;

/** Exact where the tables hold at most `affordable` entries. */
export function createNetworkInference(
  structure: AttributeStructure,
  rules: readonly ItemRule[],
  affordable: number,
): NetworkInference {
  const familyScopes = structure.prerequisites.map((parents, k) => [k, ...parents]);
  const scopes = [...familyScopes, ...rules.map(({ attributes }) => attributes)];
  const exact = bucketTreeEntries(structure.names.length, scopes) <= affordable;
  const network = (exact ? createBucketTree : createLoopyPropagation)(structure.names.length, scopes);
  const tables = scopes.map((scope) => new Float64Array(2 ** scope.length));
  const beliefs = scopes.map((scope) => new Float64Array(2 ** scope.length));
  const size = familyScopes.length;
  return {
    exact,
    families: beliefs.slice(0, size),
    items: beliefs.slice(size),
    infer({ mastery, items }, answers, start) {
      for (let k = 0; k < size; k++) fillFamily(tables[k], mastery[k]);
      rules.forEach(({ groupOf, categories }, j) => {
        const table = tables[size + j];
        const answer = answers[start + j];
        if (answer < 0) table.fill(1);
        else for (let c = 0; c < table.length; c++) table[c] = items[j][groupOf[c] * categories + answer];
      });
      return network.infer(tables, beliefs);
    },
  };
}

/** P(attribute | prerequisites): bit 0 is the attribute, all higher bits set means all prerequisites held. */
export function fillFamily(table: Float64Array, mastery: number): void {
  for (let entry = 0; entry < table.length; entry++) table[entry] = entry % 2 === 0 ? 1 : 0;
  table[table.length - 1] = mastery;
  table[table.length - 2] = 1 - mastery;
}

export async function fitNetwork(
  structure: AttributeStructure,
  rules: readonly ItemRule[],
  patterns: ResponsePatterns,
  options: LongWork & { readonly iterations: number; readonly tolerance: number },
) {
  const inference = createNetworkInference(structure, rules, FIT_ENTRIES);
  // Approximate steps do not climb for ever: they end within a small share of the whole, or soon.
  const limit = inference.exact ? options.iterations : Math.min(100, options.iterations);
  const pause = createPause(options.signal);
  let report: ReturnType<typeof convergenceProgress> | null = null;
  let current: NetworkParameters = {
    // Half of the population holds an attribute without prerequisites, and most go on from one to the next.
    mastery: Float64Array.from(structure.prerequisites, (parents) => (parents.length === 0 ? 0.5 : 0.75)),
    items: rules.map(({ start }) => start.slice()),
  };
  let logLikelihood = -Infinity;
  let iterations = 0;
  let converged = false;
  for (; iterations < limit && !converged; iterations++) {
    const { next, logLikelihood: reached } = await networkStep(inference, rules, patterns, current, pause);
    const tolerance = inference.exact ? options.tolerance : Math.max(options.tolerance, 1e-5 * Math.abs(reached));
    const change = Math.abs(reached - logLikelihood);
    // The bound is known only now where inference is approximate.
    report ??= convergenceProgress(tolerance, limit, options.onProgress);
    report(iterations + 1, change);
    converged = change < tolerance;
    logLikelihood = reached;
    // The likelihood belongs to the parameters before the step.
    if (!converged) current = next;
  }
  return { parameters: current, logLikelihood, iterations, converged, exact: inference.exact };
}

async function networkStep(
  inference: NetworkInference,
  rules: readonly ItemRule[],
  patterns: ResponsePatterns,
  current: NetworkParameters,
  pause: Pause,
) {
  const able = new Float64Array(current.mastery.length).fill(2 * PSEUDO_LEARNERS);
  const held = new Float64Array(current.mastery.length).fill(PSEUDO_LEARNERS);
  const counts = rules.map(({ groups, categories }) => new Float64Array(groups * categories));
  let logLikelihood = 0;
  for (let p = 0; p < patterns.count; p++) {
    await pause();
    const weight = patterns.weight[p];
    logLikelihood += weight * inference.infer(current, patterns.values, p * patterns.items);
    inference.families.forEach((belief, k) => {
      const both = belief[belief.length - 1];
      held[k] += weight * both;
      able[k] += weight * (both + belief[belief.length - 2]);
    });
    rules.forEach(({ groupOf, categories }, j) => {
      const answer = patterns.values[p * patterns.items + j];
      if (answer < 0) return;
      const belief = inference.items[j];
      for (let c = 0; c < belief.length; c++) counts[j][groupOf[c] * categories + answer] += weight * belief[c];
    });
  }
  const items = rules.map((rule, j) => maximiseItem(rule, counts[j], current.items[j]));
  return { next: { mastery: held.map((count, k) => count / able[k]), items }, logLikelihood };
}
