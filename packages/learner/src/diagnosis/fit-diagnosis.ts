/** Fitting a diagnosis design to answers: by enumeration while the consistent states are few, else along the network. */
import type { LongWork } from '../pause.ts';
import { distinctPatterns, ResponseError, type ResponseTable } from '../response/responses.ts';
import { type AttributeStates, consistentStates } from './attributes.ts';
import { DiagnosisError } from './errors.ts';
import type { DiagnosisDesign } from './item-rules.ts';
import { fitNetwork } from './network-fit.ts';
import { itemParameters } from './parameters.ts';
import { fitStates, type StateParameters, stateClasses } from './state-fit.ts';

/** How common the states are: each with a probability of its own, or attributes along their prerequisites. */
export type StatePrior =
  | { readonly kind: 'states'; readonly states: AttributeStates; readonly probability: Float64Array }
  | { readonly kind: 'network'; readonly mastery: Float64Array };

export interface DiagnosisFitOptions extends LongWork {
  /** Default: 'states' up to 4,096 consistent states, else 'network'. */
  readonly prior?: StatePrior['kind'];
  /** EM steps at most; default 2,000. */
  readonly iterations?: number;
  /** Stop when a cycle raises the log-likelihood by less; default 1e-4. */
  readonly tolerance?: number;
}

export interface FittedDiagnosis {
  readonly design: DiagnosisDesign;
  /** Per item P(answer | group), groups * categories. */
  readonly probabilities: readonly Float64Array[];
  readonly prior: StatePrior;
  readonly logLikelihood: number;
  /** False where the log-likelihood is an approximation: items tie many branches of a network together. */
  readonly exact: boolean;
  /** Free parameters: of the items, and states - 1 or one per attribute. */
  readonly parameters: number;
  readonly aic: number;
  readonly bic: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly learners: number;
}

/** Free probabilities for more states than this mostly fit noise. */
const MOST_STATES = 4096;

/**
 * Fits by maximum likelihood. Gaps in the answers are allowed.
 * @throws ResponseError BAD_SIZE when answers and design differ in items or categories; DiagnosisError TOO_LARGE when
 * neither way can take the attributes; the signal's reason when cancelled.
 */
export async function fitDiagnosis(
  responses: ResponseTable,
  design: DiagnosisDesign,
  options: DiagnosisFitOptions = {},
): Promise<FittedDiagnosis> {
  requireFitting(responses, design);
  const states = options.prior === 'network' ? null : consistentStates(design.structure, MOST_STATES);
  if (states === null && options.prior === 'states') {
    throw new DiagnosisError(
      'TOO_LARGE',
      `fitDiagnosis: expected at most ${MOST_STATES} consistent states, got more; use the prior 'network'.`,
    );
  }
  const patterns = distinctPatterns(responses);
  const settings = { ...options, iterations: options.iterations ?? 2000, tolerance: options.tolerance ?? 1e-4 };
  const found = await (states === null
    ? alongNetwork(design, patterns, settings)
    : overStates(design, states, patterns, settings));
  return {
    ...{ design, ...found, learners: responses.learners },
    aic: 2 * found.parameters - 2 * found.logLikelihood,
    bic: found.parameters * Math.log(responses.learners) - 2 * found.logLikelihood,
  };
}

type Settings = Parameters<typeof fitNetwork>[3];
type Patterns = ReturnType<typeof distinctPatterns>;

async function overStates(design: DiagnosisDesign, states: AttributeStates, patterns: Patterns, settings: Settings) {
  const classes = stateClasses(design.items, states);
  const start: StateParameters = {
    classes: classes.size.map((size) => size / states.count),
    items: design.items.map((rule) => rule.start.slice()),
  };
  const { parameters, ...rest } = await fitStates(design.items, classes, patterns, start, settings);
  // The answers cannot tell the states of a class apart: they share its probability.
  const probability = Float64Array.from(classes.classOf, (c) => parameters.classes[c] / classes.size[c]);
  return {
    ...{ ...rest, exact: true, probabilities: parameters.items },
    prior: { kind: 'states', states, probability } as const,
    parameters: itemParameters(design.items) + states.count - 1,
  };
}

async function alongNetwork({ structure, items }: DiagnosisDesign, patterns: Patterns, settings: Settings) {
  const { parameters, ...rest } = await fitNetwork(structure, items, patterns, settings);
  return {
    ...{ ...rest, probabilities: parameters.items },
    prior: { kind: 'network', mastery: parameters.mastery } as const,
    parameters: itemParameters(items) + structure.names.length,
  };
}

/** @throws ResponseError BAD_SIZE unless the table has the design's items with their categories. */
export function requireFitting(responses: ResponseTable, { items, itemNames }: DiagnosisDesign): void {
  if (responses.items !== items.length) {
    throw new ResponseError(
      'BAD_SIZE',
      `fitDiagnosis: expected answers to the ${items.length} items of the Q-matrix, got ${responses.items} columns; pass one column per item.`,
    );
  }
  items.forEach(({ categories }, j) => {
    if (responses.categories[j] === categories) return;
    throw new ResponseError(
      'BAD_SIZE',
      `fitDiagnosis: expected ${categories} categories for ${itemNames[j]}, got ${responses.categories[j]}; create the responses with as many.`,
      null,
      j,
    );
  });
}

/** Guess and slip of each item of a DINA or DINO model: P(right | group 0) and P(wrong | group 1). */
export function guessAndSlip({ probabilities }: FittedDiagnosis): { readonly guess: number; readonly slip: number }[] {
  return probabilities.map((values) => ({ guess: values[1], slip: values[values.length - 2] }));
}
