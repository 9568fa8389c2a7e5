/** Fitted diagnosis models as JSON and back. */
import { modelJsonReader } from '../tracing/model-json.ts';
import { createAttributes } from './attributes.ts';
import type { FittedDiagnosis, StatePrior } from './fit-diagnosis.ts';
import type { ItemRule } from './item-rules.ts';

const NAME = 'diagnosis';
const VERSION = '1';

/** Plain JSON of everything that `diagnose` and `posteriorFactors` need. */
export function diagnosisToJson({ design, probabilities, prior, ...figures }: FittedDiagnosis): unknown {
  const { structure } = design;
  return {
    ...{ model: NAME, version: VERSION, rule: design.model, attributes: structure.names, figures },
    prerequisites: structure.prerequisites.flatMap((list, k) =>
      list.map((parent) => [structure.names[parent], structure.names[k]]),
    ),
    items: design.items.map((rule, j) => ({
      ...{ name: design.itemNames[j], attributes: rule.attributes, groupOf: [...rule.groupOf] },
      ...{ groups: rule.groups, categories: rule.categories, probabilities: [...probabilities[j]] },
    })),
    prior:
      prior.kind === 'network'
        ? { kind: 'network', mastery: [...prior.mastery] }
        : { kind: 'states', states: [...prior.states.bits], probability: [...prior.probability] },
  };
}

/** Reads what `diagnosisToJson` wrote. @throws TypeError that says what is wrong, an older version included. */
export function diagnosisFromJson(json: unknown): FittedDiagnosis {
  const read = modelJsonReader(NAME, VERSION);
  const fields = read.head(json);
  const names = read.list(fields['attributes'], 'attributes').map((name) => read.text(name, 'an attribute'));
  const pairs = read.list(fields['prerequisites'], 'prerequisites').map((pair) => {
    const [before, after] = read.list(pair, 'a prerequisite').map((name) => read.text(name, 'an attribute'));
    return [before, after] as const;
  });
  const items = read.list(fields['items'], 'items').map((item) => readItem(read, item, names.length));
  const figures = read.record(fields['figures'], 'figures');
  const number = (name: string): number => read.numbers([figures[name]], name, 1)[0];
  return {
    design: {
      ...{ model: read.text(fields['rule'], 'rule'), structure: createAttributes(names, pairs) },
      ...{ items: items.map(({ rule }) => rule), itemNames: items.map(({ name }) => name) },
    },
    probabilities: items.map(({ rule }) => rule.start),
    prior: readPrior(read, fields['prior'], names.length),
    ...{ logLikelihood: number('logLikelihood'), parameters: number('parameters'), learners: number('learners') },
    ...{ aic: number('aic'), bic: number('bic'), iterations: number('iterations') },
    ...{ converged: figures['converged'] === true, exact: figures['exact'] === true },
  };
}

type Reader = ReturnType<typeof modelJsonReader>;

function readItem(read: Reader, json: unknown, size: number): { readonly name: string; readonly rule: ItemRule } {
  const fields = read.record(json, 'an item');
  const [groups, categories] = read.numbers([fields['groups'], fields['categories']], 'groups and categories', 2);
  const attributes = read.numbers(fields['attributes'], 'attributes of an item');
  const groupOf = read.numbers(fields['groupOf'], 'groups of an item', 2 ** attributes.length);
  if (attributes.some((k) => !(Number.isInteger(k) && k >= 0 && k < size))) {
    read.fail(`attributes from 0 to ${size - 1}`, attributes.join());
  }
  if (groupOf.some((group) => !(Number.isInteger(group) && group >= 0 && group < groups))) {
    read.fail(`groups from 0 to ${groups - 1}`, groupOf.join());
  }
  const start = Float64Array.from(read.numbers(fields['probabilities'], 'probabilities', groups * categories));
  const rule = {
    attributes,
    groupOf: Int32Array.from(groupOf),
    groups,
    categories,
    start,
    ordered: false,
    pseudoAnswers: 0,
  };
  return { name: read.text(fields['name'], 'name of an item'), rule };
}

function readPrior(read: Reader, json: unknown, size: number): StatePrior {
  const fields = read.record(json, 'a prior');
  if (fields['kind'] === 'network') {
    return { kind: 'network', mastery: Float64Array.from(read.numbers(fields['mastery'], 'mastery', size)) };
  }
  const probability = Float64Array.from(read.numbers(fields['probability'], 'probabilities of states'));
  const bits = Uint8Array.from(read.numbers(fields['states'], 'states', probability.length * size));
  return { kind: 'states', probability, states: { count: probability.length, attributes: size, bits } };
}
