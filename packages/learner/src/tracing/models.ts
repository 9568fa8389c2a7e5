/** The knowledge-tracing models by name. */
import { bayesianKnowledgeTracing } from './bkt/bkt.ts';
import { bktName } from './bkt/bkt-model.ts';
import type { TracingModel } from './model.ts';
import { hybridTracing } from './network/hybrid.ts';
import { hybridName } from './network/hybrid-model.ts';
import { bestLogisticRegression, das3h, performanceFactors } from './regression/count-models.ts';
import { featuresLrName, featuresRegression } from './regression/features-lr.ts';

// A State is a model's own affair: whoever picks a model by name passes its states through without looking inside.
const factories: Readonly<Record<string, () => TracingModel>> = {
  [bktName]: () => bayesianKnowledgeTracing() as unknown as TracingModel,
  [hybridName]: () => hybridTracing() as unknown as TracingModel,
  pfa: () => performanceFactors() as unknown as TracingModel,
  'best-lr': () => bestLogisticRegression() as unknown as TracingModel,
  das3h: () => das3h() as unknown as TracingModel,
  [featuresLrName]: () => featuresRegression() as unknown as TracingModel,
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
