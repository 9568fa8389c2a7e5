/** Kinds of models in one colour each, the same on every plot. */
import type { EvaluatedModel } from '../../api/models.ts';

const COLOURS: Readonly<Record<EvaluatedModel['kind'], string>> = {
  'hidden state': 'var(--q-category-blue)',
  regression: 'var(--q-category-green)',
  'neural network': 'var(--q-category-orange)',
  'quantum probability': 'var(--q-category-purple)',
};

export const kindColour = ({ kind }: Pick<EvaluatedModel, 'kind'>): string => COLOURS[kind];
