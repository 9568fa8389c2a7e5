/** What a fitted model says of learners: the probability of each attribute, and the state they most likely have. */
import { createPause, type LongWork } from '../pause.ts';
import { createCategoryTable, expectation } from '../response/expectation.ts';
import { distinctPatterns, type ResponsePatterns, type ResponseTable } from '../response/responses.ts';
import type { AttributeStates } from './attributes.ts';
import { type FittedDiagnosis, requireFitting } from './fit-diagnosis.ts';
import { combinationOf } from './item-rules.ts';
import { createNetworkInference } from './network-fit.ts';

export interface Diagnosis {
  /** learners * attributes probabilities that the attribute is held under the model. */
  readonly mastery: Float64Array;
  /** learners * attributes: 1 where that probability is at least one half. Prerequisites are kept. */
  readonly held: Uint8Array;
  /** False where items tie so many branches together that the probabilities are approximate. */
  readonly exact: boolean;
}

/** Entries of exact tables that diagnosing affords, once for each pattern: some milliseconds. */
const DIAGNOSE_ENTRIES = 2 ** 14;

/** Diagnoses every learner of a table. @throws the signal's reason when cancelled. */
export async function diagnose(
  fitted: FittedDiagnosis,
  responses: ResponseTable,
  work: LongWork = {},
): Promise<Diagnosis> {
  requireFitting(responses, fitted.design);
  const patterns = distinctPatterns(responses);
  const size = fitted.design.structure.names.length;
  const { byPattern, exact } =
    fitted.prior.kind === 'states'
      ? { byPattern: await overStates(fitted, fitted.prior, patterns, work), exact: true }
      : await along(fitted, patterns, work);
  const mastery = new Float64Array(responses.learners * size);
  patterns.patternOf.forEach((pattern, learner) => {
    mastery.set(byPattern.subarray(pattern * size, (pattern + 1) * size), learner * size);
  });
  // An attribute is never likelier than its prerequisites, so that one bound for all keeps them.
  return { mastery, held: Uint8Array.from(mastery, (probability) => Number(probability >= 0.5)), exact };
}

/** log P(answer | state) of each item and answer over states. */
export function stateTable({ design, probabilities }: FittedDiagnosis, states: AttributeStates) {
  const table = createCategoryTable(
    design.items.map(({ categories }) => categories),
    states.count,
  );
  design.items.forEach((rule, j) => {
    for (let s = 0; s < states.count; s++) {
      const group = rule.groupOf[combinationOf(rule, states.bits, s * states.attributes)];
      for (let k = 0; k < rule.categories; k++) {
        table.values[(table.offset[j] + k) * states.count + s] = Math.log(
          probabilities[j][group * rule.categories + k],
        );
      }
    }
  });
  return table;
}

async function overStates(
  fitted: FittedDiagnosis,
  { states, probability }: { readonly states: AttributeStates; readonly probability: Float64Array },
  patterns: ResponsePatterns,
  { signal, onProgress }: LongWork,
): Promise<Float64Array> {
  const size = states.attributes;
  const mastery = new Float64Array(patterns.count * size);
  await expectation(
    patterns,
    stateTable(fitted, states),
    probability.map(Math.log),
    createPause(signal),
    (pattern, posterior) => {
      if (pattern % 128 === 0) onProgress?.(pattern / patterns.count);
      for (let s = 0; s < states.count; s++) {
        if (posterior[s] === 0) continue;
        for (let k = 0; k < size; k++) if (states.bits[s * size + k] === 1) mastery[pattern * size + k] += posterior[s];
      }
    },
  );
  return mastery;
}

async function along(
  { design, prior, probabilities }: FittedDiagnosis,
  patterns: ResponsePatterns,
  { signal, onProgress }: LongWork,
) {
  const size = design.structure.names.length;
  const inference = createNetworkInference(design.structure, design.items, DIAGNOSE_ENTRIES);
  const parameters = {
    mastery: prior.kind === 'network' ? prior.mastery : new Float64Array(size),
    items: probabilities,
  };
  const mastery = new Float64Array(patterns.count * size);
  const pause = createPause(signal);
  for (let p = 0; p < patterns.count; p++) {
    await pause();
    onProgress?.(p / patterns.count);
    inference.infer(parameters, patterns.values, p * patterns.items);
    inference.families.forEach((belief, k) => {
      for (let entry = 1; entry < belief.length; entry += 2) mastery[p * size + k] += belief[entry];
    });
    // Of no effect where inference is exact.
    for (const k of design.structure.order) {
      for (const parent of design.structure.prerequisites[k]) {
        mastery[p * size + k] = Math.min(mastery[p * size + k], mastery[p * size + parent]);
      }
    }
  }
  return { byPattern: mastery, exact: inference.exact };
}
