/**
 * What an assessment needs of a fitted tracing model: how likely a skill is known, and how answers on it come out. Models
 * of Bayesian knowledge tracing have both (Corbett & Anderson 1995). The others know no guess and slip; for them the
 * usual values stand, and where their mastery is the chance p of a right answer, it is turned into a chance of knowing:
 *
 *   p = known (1 - slip) + (1 - known) guess,   known = (p - guess) / (1 - guess - slip).
 */
import type { BktParameters, FittedTracingModel } from '@qurriculum/learner';

export interface AnswerParameters {
  /** P(right | not known), P(wrong | known). */
  readonly guess: number;
  readonly slip: number;
  /** 'fitted': the model's own; 'usual': it has none. */
  readonly from: 'fitted' | 'usual';
}

/** The values with which intelligent tutors begun before they had data: one in five guessed, one in ten slipped. */
const usual: AnswerParameters = { guess: 0.2, slip: 0.1, from: 'usual' };

/** At least this uncertain: no single answer may settle a skill. */
const LEAST = 0.02;
const bounded = (p: number): number => Math.min(1 - LEAST, Math.max(LEAST, p));

interface WithSkills {
  readonly skills: ReadonlyMap<string, { readonly parameters: BktParameters }>;
  readonly population: { readonly parameters: BktParameters };
}

const hasParameters = (fitted: FittedTracingModel): fitted is FittedTracingModel & WithSkills =>
  'population' in fitted && 'skills' in fitted && fitted.skills instanceof Map;

/** Guess and slip of a skill; null stands for a course without a fit. */
export function answerParameters(fitted: FittedTracingModel | null, skill: string): AnswerParameters {
  if (fitted === null || !hasParameters(fitted)) return usual;
  const { guess, slip } = (fitted.skills.get(skill) ?? fitted.population).parameters;
  return { guess: bounded(guess), slip: bounded(slip), from: 'fitted' };
}

/** P(known) from the model's mastery of a skill; .5 without a fit, of which nothing can be said. */
export function chanceKnown(fitted: FittedTracingModel | null, mastery: number, answers: AnswerParameters): number {
  if (fitted === null) return 0.5;
  if (fitted.masteryMeans === 'known') return bounded(mastery);
  return bounded((mastery - answers.guess) / (1 - answers.guess - answers.slip));
}
