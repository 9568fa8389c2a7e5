/** Facts about steps in short sentences, for learners and teachers: no jargon of optimisation. */
import type { PathPlan, PathState, StepExplanation, Violation } from '@qurriculum/decisions';
import { expectedMastery } from '@qurriculum/learner';

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** A list in words: "a", "a and b", "a, b and 3 more". */
export function listInWords(names: readonly string[], most = 2): string {
  if (names.length <= 1) return names.join('');
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** Why a step stands where it does, in one sentence. */
export function reasonFor(state: PathState, explanation: Omit<StepExplanation, 'runnerUp'>): string {
  const name = (skill: number): string => state.graph.skills[skill].name;
  const { step, opens, serves } = explanation;
  if (step.pinned) return 'Chosen for you by a person.';
  if (step.kind === 'review' && isAgain(state, explanation)) return 'Once more, so that it stays.';
  if (step.kind === 'review') return reviewReason(explanation, state.beliefs.memory !== undefined);
  const isGoal = serves.some(({ chain }) => chain.length === 1);
  if (isGoal) return 'This is one of your goals.';
  const opened = opens.filter(({ alone }) => alone).map(({ skill }) => name(skill));
  if (opened.length > 0) return `Opens ${listInWords(opened)}.`;
  const needed = opens.map(({ skill }) => name(skill));
  if (needed.length > 0) return `Needed for ${listInWords(needed)}.`;
  const goals = serves.map(({ goal }) => name(goal));
  return goals.length > 0 ? `A step towards ${listInWords(goals)}.` : 'Strengthens what you have begun.';
}

/** Believed mastery only rises by practice: more than today's means that an earlier session of the plan has the skill. */
const isAgain = ({ beliefs }: PathState, { step, session, evidence }: Omit<StepExplanation, 'runnerUp'>): boolean =>
  session > 0 && evidence.mastery > expectedMastery(beliefs, step.skill, beliefs.day) + 1e-9;

function reviewReason({ session, evidence }: Omit<StepExplanation, 'runnerUp'>, remembered: boolean): string {
  if (evidence.daysSince === null)
    return session > 0 ? 'Once more, so that it stays.' : 'A look back at what comes before.';
  const days = Math.round(evidence.daysSince);
  if (remembered && evidence.recall >= 0.9)
    return `A look back before it fades: about ${percent(evidence.recall)} likely to recall it today.`;
  if (remembered) {
    return `You knew this ${days <= 0 ? 'earlier today' : ago(days)}; about ${percent(evidence.recall)} likely to recall it today.`;
  }
  return `A look back: last practised ${days <= 0 ? 'today' : inDays(days)}, about ${percent(evidence.recall)} is still there.`;
}

const inDays = (days: number): string => (days === 1 ? 'yesterday' : `${days} days ago`);

/** "yesterday", "5 days ago", "3 weeks ago", "4 months ago". */
function ago(days: number): string {
  if (days < 14) return inDays(days);
  return days < 70 ? `${Math.round(days / 7)} weeks ago` : `${Math.round(days / 30.4)} months ago`;
}

/** The evidence for a mastery estimate. */
export function evidenceInWords(
  estimate: { readonly mean: number; readonly low: number; readonly high: number },
  counts: { readonly attempts: number; readonly correct: number },
  explanation: Omit<StepExplanation, 'runnerUp'>,
  nameOf: (skill: number) => string,
): string {
  const { inferredFrom, daysSince } = explanation.evidence;
  const range = `${percent(estimate.mean)} mastered (between ${percent(estimate.low)} and ${percent(estimate.high)})`;
  if (counts.attempts > 0) {
    const when =
      daysSince === null ? '' : daysSince < 1 ? ', the last today' : `, the last ${inDays(Math.round(daysSince))}`;
    return `${range}: ${counts.correct} of ${counts.attempts} answers were right${when}.`;
  }
  if (inferredFrom.length === 0) return `${range}: no answers yet, so this is what is usual for this skill.`;
  return `${range}: no answers yet; judged from ${listInWords(inferredFrom.map(nameOf), 3)}.`;
}

/** What the best other plan would cost and do instead. */
export function runnerUpInWords(loss: number, instead: readonly string[]): string {
  const cost =
    loss < 0.005
      ? 'A plan without this step would be about as good'
      : `The best plan without this step is worth ${percent(loss)} less`;
  return instead.length === 0
    ? `${cost}; nothing would take its place.`
    : `${cost}; it would take ${listInWords(instead, 3)} instead.`;
}

/** What people should know about a plan. */
export function warningsFor(state: PathState, plan: PathPlan, violations: readonly Violation[]): string[] {
  const name = (skill: number): string => state.graph.skills[skill].name;
  const left = plan.goalsLeftOut.map(name);
  const steps = plan.sessions.reduce((sum, session) => sum + session.steps.length, 0);
  return [
    ...(steps === 0 ? ['There is nothing to do now: every goal is reached or everything was skipped.'] : []),
    ...(left.length > 0
      ? [`Not enough time before the deadline for ${listInWords(left, 4)}; these goals were left out.`]
      : []),
    ...violations.map(({ message }) => message),
  ];
}
