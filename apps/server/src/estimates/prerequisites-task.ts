/** The thread's half of estimating prerequisites from the order in which mastery appears. */
import { estimatePrerequisites, type PrerequisiteEstimate } from '@qurriculum/learner';
import type { TaskContext } from '../compute/tasks.ts';
import { type InteractionText, parseInteractionText } from './interaction-text.ts';

export interface PrerequisitesInput {
  readonly text: InteractionText;
}

export async function run(
  { text }: PrerequisitesInput,
  { signal, progress }: TaskContext,
): Promise<PrerequisiteEstimate> {
  const table = parseInteractionText(text);
  return estimatePrerequisites(table, {
    signal,
    onProgress: (fraction) => progress(fraction, 'Estimating prerequisites'),
  });
}
