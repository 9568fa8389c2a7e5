/** Kinds of solvers in words and in one colour each, the same on every plot. */
import type { SolverView } from '../../api/solvers.ts';

type Kind = SolverView['kind'];

export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  policy: 'planning rule',
  exact: 'exact',
  classical: 'classical',
  'quantum-simulated': 'quantum, simulated',
  'quantum-remote': 'quantum, remote',
  hybrid: 'hybrid, quantum part simulated',
};

export const KIND_COLOURS: Readonly<Record<Kind, string>> = {
  policy: 'var(--q-text-quiet)',
  exact: 'var(--q-category-blue)',
  classical: 'var(--q-category-green)',
  'quantum-simulated': 'var(--q-category-purple)',
  'quantum-remote': 'var(--q-category-orange)',
  hybrid: 'var(--q-category-vermillion)',
};
