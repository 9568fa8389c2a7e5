/** Quick answers about a plan: suggestions for one more session, reasons for those that are there. Made once per plan. */
import { type CompiledSchedule, compileSchedule } from '../compile/compile.ts';
import { ScheduleError } from '../error.ts';
import { createRoster, type Roster } from '../roster/roster.ts';
import type { ScheduleAssignment, ScheduleState } from '../types.ts';
import { explainOption, type SessionExplanation } from './explain.ts';
import { placesOf, type SessionSuggestion, suggestionOf } from './suggest.ts';

export interface SuggestionRequest {
  readonly learner: string;
  readonly skill: string;
  /** Default 5. */
  readonly limit?: number;
}

export interface ExplanationRequest {
  readonly learner: string;
  /** Only these; absent: all sessions of the learner. */
  readonly skill?: string;
  readonly slot?: string;
}

export interface ScheduleAdviser {
  /**
   * Places for one more session, best first; empty where there is none.
   * @throws ScheduleError BAD_QUESTION when the learner has no such need, or it is met in full.
   */
  suggest(request: SuggestionRequest): SessionSuggestion[];
  /** @throws ScheduleError BAD_QUESTION when the learner has no such session. */
  explain(request: ExplanationRequest): SessionExplanation[];
}

/**
 * @param state a state that `requireState` takes.
 * @param plan a plan of it that keeps the rules; sessions that do not fit are left out.
 */
export function createAdviser(
  state: ScheduleState,
  plan: { readonly assignments: readonly ScheduleAssignment[] },
): ScheduleAdviser {
  const compiled = compileSchedule(state, { keepBadPins: true });
  const roster = createRoster(compiled.model, compiled.choiceOf(plan.assignments));
  return {
    suggest: (request) => suggest(compiled, roster, request),
    explain: (request) => explain(compiled, roster, request),
  };
}

function fault(what: string, expected: string, got: string): ScheduleError {
  return new ScheduleError('BAD_QUESTION', `${what}: expected ${expected}, got ${JSON.stringify(got)}; correct it.`);
}

function suggest(
  compiled: CompiledSchedule,
  roster: Roster,
  { learner, skill, limit = 5 }: SuggestionRequest,
): SessionSuggestion[] {
  const { state, requests, model } = compiled;
  const person = state.learners.findIndex(({ id }) => id === learner);
  if (person < 0) throw fault('suggest', 'the id of a learner', learner);
  const own = requests.flatMap((request, r) => (request.learner === person && request.need.skill === skill ? [r] : []));
  if (own.length === 0) throw fault('suggest', `a need of ${learner}`, skill);
  const open = own.find((r) => roster.metOf(r) < model.requestMost[r]);
  if (open === undefined) throw fault('suggest', `a need of ${learner} that is not met in full`, skill);
  return placesOf(roster, open)
    .slice(0, limit)
    .map((place) => suggestionOf(compiled, roster, place));
}

function explain(
  compiled: CompiledSchedule,
  roster: Roster,
  { learner, skill, slot }: ExplanationRequest,
): SessionExplanation[] {
  if (!compiled.state.learners.some(({ id }) => id === learner)) throw fault('explain', 'the id of a learner', learner);
  const options = [...roster.choice().options].filter((option) => {
    const session = compiled.sessionOf(option, -1);
    return (
      session.learner === learner &&
      (skill ?? session.skill) === session.skill &&
      (slot ?? session.slot) === session.slot
    );
  });
  if (options.length === 0) throw fault('explain', 'a learner with such a session in the plan', learner);
  return options.map((option) => explainOption(compiled, roster, option));
}
