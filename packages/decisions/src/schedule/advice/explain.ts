/** Why this tutor for this learner, then: what the session is worth by term, what came second, what would have to change. */
import type { CompiledSchedule } from '../compile/compile.ts';
import type { LearnerChange } from '../diff.ts';
import { type ChoiceTerms, evaluateChoice } from '../engine/evaluate.ts';
import type { Refusal, Roster } from '../roster/roster.ts';
import type { ScheduleAssignment, SchedulePin, ScheduleTerms } from '../types.ts';
import { placesOf, suggestionOf } from './suggest.ts';

/** A session that would be worth more, if it were possible. */
export interface BetterSession {
  readonly session: ScheduleAssignment;
  /** Points more than the session asked about. */
  readonly advantage: number;
  /** What stands in the way: a stable code, and a sentence that names who. */
  readonly hurdle: Refusal;
  readonly message: string;
  /** Learners who are in the way, if any. */
  readonly heldBy: readonly string[];
}

/** Facts, with the sentences that name people; screens and the CLI put the rest into words. */
export interface SessionExplanation {
  readonly session: ScheduleAssignment;
  /** Points that the plan loses without it, and by term. */
  readonly value: number;
  readonly terms: ScheduleTerms;
  /** Sessions that are possible for this need by skill, language, time and room; and how many fit beside the other sessions. */
  readonly possible: number;
  readonly fitting: number;
  /** The best other place for it: what the plan would lose, and who would move. Null where there is none. */
  readonly runnerUp: {
    readonly session: ScheduleAssignment;
    readonly lost: number;
    readonly moves: readonly LearnerChange[];
    /** What would make it first. */
    readonly message: string;
  } | null;
  /** Best first, five at most. */
  readonly better: readonly BetterSession[];
  /** The choice of a person that this session keeps, if it does. */
  readonly pin: SchedulePin | null;
}

const MOST_BETTER = 5;

/** Explains one chosen option; the roster is as before afterwards. */
export function explainOption(compiled: CompiledSchedule, roster: Roster, option: number): SessionExplanation {
  const { model, requests, state } = compiled;
  const request = roster.requestOf[option];
  const session = compiled.sessionOf(option, roster.roomOf(option));
  const full = evaluateChoice(model, roster.choice());
  const pin = requests[request].pin;
  return roster.trial(() => {
    roster.remove(option);
    const without = evaluateChoice(model, roster.choice());
    const value = full.objective - without.objective;
    const places = placesOf(roster, request).filter((place) => place.option !== option);
    const second = places.length === 0 ? null : suggestionOf(compiled, roster, places[0]);
    return {
      ...{ session, value, terms: termsBetween(without.terms, full.terms) },
      possible: model.optionStart[request + 1] - model.optionStart[request],
      fitting: 1 + places.filter(({ move }) => move === null).length,
      runnerUp: second && {
        ...{ session: second.session, lost: value - second.value, moves: second.moves },
        message: secondText(second.session, value - second.value),
      },
      better: betterOf(compiled, roster, request, roster.added(option)),
      pin: pin < 0 ? null : (state.pins?.[pin] ?? null),
    };
  });
}

function termsBetween(less: ChoiceTerms, more: ChoiceTerms): ScheduleTerms {
  const difference = (name: keyof ChoiceTerms): number => more[name] - less[name];
  return {
    ...{ gain: difference('gain'), cost: difference('cost'), continuity: difference('continuity') },
    ...{ load: difference('load'), access: difference('access'), spread: difference('spread') },
    change: difference('bonus'),
  };
}

function secondText({ tutor, slot }: ScheduleAssignment, lost: number): string {
  if (lost < -0.05)
    return `${tutor} in ${slot} would be worth ${(-lost).toFixed(1)} points more: plan again to look for more.`;
  if (lost <= 0.05) return `${tutor} in ${slot} would be worth as much.`;
  return `${tutor} in ${slot} would come first if it were worth ${lost.toFixed(1)} points more.`;
}

/** Options of a request that do not fit and would add more than some value. */
function betterOf(compiled: CompiledSchedule, roster: Roster, request: number, value: number): BetterSession[] {
  const { optionStart } = roster.model;
  const found: { readonly option: number; readonly advantage: number; readonly hurdle: Refusal }[] = [];
  for (let option = optionStart[request]; option < optionStart[request + 1]; option++) {
    const hurdle = roster.has(option) ? null : roster.refusal(option);
    const advantage = hurdle === null ? 0 : addedAlone(roster, option) - value;
    if (hurdle !== null && advantage > 1e-9) found.push({ option, advantage, hurdle });
  }
  found.sort((a, b) => b.advantage - a.advantage || a.option - b.option);
  return found.slice(0, MOST_BETTER).map(({ option, advantage, hurdle }) => {
    const session = compiled.sessionOf(option, -1);
    const heldBy = holdersOf(compiled, roster, option);
    return { session, advantage, hurdle, heldBy, message: hurdleText(session, advantage, hurdle, heldBy) };
  });
}

/** What an option would add if nobody were with the tutor then. */
function addedAlone(roster: Roster, option: number): number {
  const { optionTutor, optionSlot } = roster.model;
  return roster.trial(() => {
    for (const other of roster.inCell(optionTutor[option], optionSlot[option])) roster.remove(other);
    return roster.added(option);
  });
}

function holdersOf({ sessionOf }: CompiledSchedule, roster: Roster, option: number): string[] {
  const { optionTutor, optionSlot } = roster.model;
  return roster.inCell(optionTutor[option], optionSlot[option]).map((other) => sessionOf(other, -1).learner);
}

function hurdleText(
  { learner, tutor, slot }: ScheduleAssignment,
  advantage: number,
  hurdle: Refusal,
  heldBy: readonly string[],
): string {
  const others = heldBy.length > 0 ? heldBy.join(', ') : 'others';
  const words: Record<Refusal, string> = {
    'request-full': `${learner} has all sessions that are wanted`,
    'learner-busy': `${learner} has another session then`,
    'learner-limit': `${learner} has as many sessions in that time as the rules allow`,
    'tutor-busy': `${tutor} is with ${others} then`,
    'tutor-full': `${tutor} has as many sessions as agreed`,
    'group-full': `the group of ${others} is full`,
    'group-unfit': `${learner} and ${others} do not fit into one group`,
    'no-room': 'no suitable room is free then',
    resource: 'what the session needs is in use then',
  };
  return `${tutor} in ${slot} would be worth ${advantage.toFixed(1)} points more, but ${words[hurdle]}.`;
}
