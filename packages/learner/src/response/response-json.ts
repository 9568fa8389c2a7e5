/** Fitted response models as JSON and back. */
import { modelJsonReader } from '../tracing/model-json.ts';
import { type FittedResponseModel, responseModelNames } from './fit-items.ts';
import type { ResponseItem } from './response-items.ts';

const NAME = 'response';
const VERSION = '1';

/** Plain JSON of a fitted model. */
export function responseModelToJson({ model, ...rest }: FittedResponseModel): unknown {
  return { model: NAME, version: VERSION, form: model, ...rest };
}

/** Reads what `responseModelToJson` wrote. @throws TypeError that says what is wrong, an older version included. */
export function responseModelFromJson(json: unknown): FittedResponseModel {
  const read = modelJsonReader(NAME, VERSION);
  const fields = read.head(json);
  const form = read.text(fields['form'], 'form');
  const model = responseModelNames.find((name) => name === form) ?? read.fail(responseModelNames.join(' or '), form);
  const number = (name: string): number => read.numbers([fields[name]], name, 1)[0];
  return {
    ...{ model, items: read.list(fields['items'], 'items').map((item) => readItem(read, item)) },
    ...{ logLikelihood: number('logLikelihood'), parameters: number('parameters'), aic: number('aic') },
    ...{ bic: number('bic'), iterations: number('iterations'), learners: number('learners') },
    converged: fields['converged'] === true,
  };
}

function readItem(read: ReturnType<typeof modelJsonReader>, json: unknown): ResponseItem {
  const fields = read.record(json, 'an item');
  if (fields['kind'] === 'graded') {
    const thresholds = read.numbers(fields['thresholds'], 'thresholds');
    return { kind: 'graded', slope: read.numbers([fields['slope']], 'slope', 1)[0], thresholds };
  }
  const values = [fields['slope'], fields['difficulty'], fields['guessing']];
  const [slope, difficulty, guessing] = read.numbers(values, 'slope, difficulty and guessing', 3);
  return { kind: 'logistic', slope, difficulty, guessing };
}
