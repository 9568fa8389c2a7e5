/** The knowledge-tracing models by name. */
import { engagementTracing } from '../engagement/engagement.ts';
import { bayesianKnowledgeTracing } from './bkt/bkt.ts';
import { individualKnowledgeTracing } from './bkt/individual.ts';
import { hiddenMarkov, hiddenQuantumMarkov } from './markov/markov.ts';
import type { TracingModel } from './model.ts';
import { hybridTracing } from './network/hybrid.ts';
import { bestLogisticRegression, das3h, performanceFactors } from './regression/count-models.ts';
import { featuresRegression } from './regression/features-lr.ts';

// A State is a model's own affair: whoever picks a model by name passes its states through without looking inside.
const factories: Readonly<Record<string, () => TracingModel>> = {
  bkt: () => bayesianKnowledgeTracing() as unknown as TracingModel,
  'bkt-forget': () => bayesianKnowledgeTracing({ forgetting: true }) as unknown as TracingModel,
  'bkt-individual': () => individualKnowledgeTracing() as unknown as TracingModel,
  engagement: () => engagementTracing() as unknown as TracingModel,
  hmm3: () => hiddenMarkov(3) as unknown as TracingModel,
  hmm4: () => hiddenMarkov(4) as unknown as TracingModel,
  hqmm: () => hiddenQuantumMarkov() as unknown as TracingModel,
  pfa: () => performanceFactors() as unknown as TracingModel,
  'best-lr': () => bestLogisticRegression() as unknown as TracingModel,
  das3h: () => das3h() as unknown as TracingModel,
  'features-lr': () => featuresRegression() as unknown as TracingModel,
  hybrid: () => hybridTracing() as unknown as TracingModel,
};

export const tracingModelNames: readonly string[] = Object.keys(factories);

/** The model of that name with its default hyperparameters. */
export function tracingModel(name: string): TracingModel {
  if (!Object.hasOwn(factories, name)) {
    throw new RangeError(
      `tracingModel: expected one of ${tracingModelNames.join(', ')}, got "${name}"; choose one of them.`,
    );
  }
  return factories[name]();
}
