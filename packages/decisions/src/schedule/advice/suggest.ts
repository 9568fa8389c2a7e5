/**
 * Places for one more session of a learner, best first: those that fit beside everything else, and those for which one other
 * session would have to move. No search: every place is tried in the plan as it stands.
 */
import type { CompiledSchedule } from '../compile/compile.ts';
import { changesOf, type LearnerChange } from '../diff.ts';
import type { Roster } from '../roster/roster.ts';
import type { ScheduleAssignment } from '../types.ts';

export interface SessionSuggestion {
  readonly session: ScheduleAssignment;
  /** Change of the objective, what others lose included. */
  readonly value: number;
  /** Whom else it changes: empty, or the one learner whose session moves. */
  readonly moves: readonly LearnerChange[];
}

/** A place: the option, what it changes, and the move that it needs, as options. */
export interface Place {
  readonly option: number;
  readonly value: number;
  readonly move: { readonly from: number; readonly to: number } | null;
}

/** Sessions tried as the one that moves, per place. */
const MOST_BLOCKERS = 12;
/** Places for which moves are tried, the most promising ones. */
const MOST_BLOCKED = 120;

/** Places of a request that is not met, best first; the roster is as before afterwards. */
export function placesOf(roster: Roster, request: number): Place[] {
  const { optionStart } = roster.model;
  const places: Place[] = [];
  const blocked: { readonly option: number; readonly added: number }[] = [];
  for (let option = optionStart[request]; option < optionStart[request + 1]; option++) {
    if (roster.has(option)) continue;
    const added = roster.added(option);
    if (roster.refusal(option) === null) places.push({ option, value: added, move: null });
    else blocked.push({ option, added });
  }
  blocked.sort((a, b) => b.added - a.added || a.option - b.option);
  for (const { option } of blocked.slice(0, MOST_BLOCKED)) {
    const place = placeByMove(roster, option);
    if (place !== null) places.push(place);
  }
  // Of equal places the one that moves nobody.
  return places.sort(
    (a, b) => b.value - a.value || Number(a.move !== null) - Number(b.move !== null) || a.option - b.option,
  );
}

/** The best way to free a place by moving one session. */
function placeByMove(roster: Roster, option: number): Place | null {
  let best: Place | null = null;
  for (const from of blockersOf(roster, option)) {
    const place = roster.trial(() => tryMove(roster, option, from));
    if (place !== null && place.value > (best?.value ?? Number.NEGATIVE_INFINITY)) best = place;
  }
  return best;
}

function tryMove(roster: Roster, option: number, from: number): Place | null {
  roster.remove(from);
  const lost = roster.added(from);
  if (roster.refusal(option) !== null) return null;
  const gained = roster.added(option);
  roster.add(option);
  const to = bestPlace(roster, roster.requestOf[from]);
  return to === null ? null : { option, value: gained - lost + to.value, move: { from, to: to.option } };
}

function bestPlace(roster: Roster, request: number): { readonly option: number; readonly value: number } | null {
  const { optionStart } = roster.model;
  let best: { option: number; value: number } | null = null;
  for (let option = optionStart[request]; option < optionStart[request + 1]; option++) {
    if (roster.has(option) || roster.refusal(option) !== null) continue;
    const value = roster.added(option);
    if (value > (best?.value ?? Number.NEGATIVE_INFINITY)) best = { option, value };
  }
  return best;
}

/** Sessions that may stand in the way: who is with the tutor then, the learner's own, else the tutor's, else that slot's. */
function blockersOf(roster: Roster, option: number): number[] {
  const { model, requestOf } = roster;
  const [tutor, slot] = [model.optionTutor[option], model.optionSlot[option]];
  const members = roster.inCell(tutor, slot);
  const own = roster.ofLearner(model.requestLearner[requestOf[option]]);
  const reason = roster.refusal(option);
  if (reason === 'request-full') return [];
  if (reason === 'learner-busy' || reason === 'learner-limit') return own.slice(0, MOST_BLOCKERS);
  if (members.length > 0) return members.slice(0, MOST_BLOCKERS);
  const tutors = reason === 'no-room' || reason === 'resource' ? everyTutor(model.tutors) : [tutor];
  const slots = (t: number): readonly number[] => (t === tutor ? roster.slotsOfTutor(t) : [slot]);
  return tutors
    .flatMap((t) => slots(t).flatMap((s) => (roster.inCell(t, s).length === 1 ? roster.inCell(t, s) : [])))
    .slice(0, MOST_BLOCKERS);
}

const everyTutor = (count: number): number[] => Array.from({ length: count }, (_, t) => t);

/** A place in words of the state; the roster is as before afterwards. */
export function suggestionOf(
  { sessionOf }: CompiledSchedule,
  roster: Roster,
  { option, value, move }: Place,
): SessionSuggestion {
  const { optionTutor, optionSlot } = roster.model;
  const told = (each: number): ScheduleAssignment => sessionOf(each, roster.roomOf(each));
  return roster.trial(() => {
    const was = move === null ? [] : [told(move.from)];
    if (move !== null) roster.remove(move.from);
    // A group that grows may need a larger room: that concerns everybody in it.
    const together = (each: number): readonly number[] => roster.inCell(optionTutor[each], optionSlot[each]);
    const members = [...new Set([...together(option), ...(move === null ? [] : together(move.to))])];
    was.push(...members.map(told));
    roster.add(option);
    if (move !== null) roster.add(move.to);
    const others = [...members, ...(move === null ? [] : [move.to])];
    return { session: told(option), value, moves: changesOf(was, others.map(told)) };
  });
}
