export type { InteractionTable } from './interactions.ts';
export type {
  Estimate,
  FitOptions,
  FittedTracingModel,
  TracedInteraction,
  TracingModel,
} from './tracing/model.ts';
