/** The knowledge-tracing models by name. */
import { engagementTracing } from '../engagement/engagement.ts';
import { bayesianKnowledgeTracing } from './bkt/bkt.ts';
import { individualKnowledgeTracing } from './bkt/individual.ts';
import { hiddenMarkov, hiddenQuantumMarkov } from './markov/markov.ts';
import type { TracingModel } from './model.ts';
import type { SkillNeighbours } from './neighbours.ts';
import { hybridTracing } from './network/hybrid.ts';
import { bestLogisticRegression, das3h, performanceFactors } from './regression/count-models.ts';
import { featuresRegression } from './regression/features-lr.ts';

export interface TracingModelOptions {
  /** Skills near a skill, such as its prerequisites: where one that was never fitted starts from. `engagement` takes none. */
  readonly neighbours?: SkillNeighbours;
}

// A State is a model's own affair: whoever picks a model by name passes its states through without looking inside.
const factories: Readonly<Record<string, (options: TracingModelOptions) => TracingModel>> = {
  bkt: (options) => bayesianKnowledgeTracing(options) as unknown as TracingModel,
  'bkt-forget': (options) => bayesianKnowledgeTracing({ ...options, forgetting: true }) as unknown as TracingModel,
  'bkt-individual': (options) => individualKnowledgeTracing(options) as unknown as TracingModel,
  engagement: () => engagementTracing() as unknown as TracingModel,
  hmm3: (options) => hiddenMarkov(3, options) as unknown as TracingModel,
  hmm4: (options) => hiddenMarkov(4, options) as unknown as TracingModel,
  hqmm: (options) => hiddenQuantumMarkov(options) as unknown as TracingModel,
  pfa: (options) => performanceFactors(options) as unknown as TracingModel,
  'best-lr': (options) => bestLogisticRegression(options) as unknown as TracingModel,
  das3h: (options) => das3h(options) as unknown as TracingModel,
  'features-lr': (options) => featuresRegression(options) as unknown as TracingModel,
  hybrid: (options) => hybridTracing(options) as unknown as TracingModel,
};

export const tracingModelNames: readonly string[] = Object.keys(factories);

/** The model of that name with its default hyperparameters. @throws RangeError for a name that is none. */
export function tracingModel(name: string, options: TracingModelOptions = {}): TracingModel {
  if (!Object.hasOwn(factories, name)) {
    throw new RangeError(
      `tracingModel: expected one of ${tracingModelNames.join(', ')}, got "${name}"; choose one of them.`,
    );
  }
  return factories[name](options);
}
