/**
 * Demand that a plan does not meet: why, and which single change would make room. Reasons come from the hurdles of each
 * possible session; changes are tried, one kind at a time, in the plan as it stands.
 */
import { type CompiledSchedule, compileSchedule } from './compile/compile.ts';
import { noOptionCode, whyNoOption } from './compile/why-not.ts';
import { createRoster, type Refusal, type Roster } from './roster/roster.ts';
import type { ScheduleAssignment, ScheduleState, UnmetDemand, UnmetFix, UnmetReason } from './types.ts';
import { scheduleRules } from './weights.ts';

/** Fixes shown per demand. */
const MOST_FIXES = 3;

/** A learner's demand for one skill, which may be several requests (pins apart). */
interface Demand {
  readonly learner: number;
  readonly skill: string;
  readonly wanted: number;
  readonly met: number;
}

/** Unmet demand of a plan's assignments, in order of learner. */
export function unmetDemand(compiled: CompiledSchedule, assignments: readonly ScheduleAssignment[]): UnmetDemand[] {
  const { state } = compiled;
  const demands = openDemands(state, assignments);
  if (demands.length === 0) return [];
  const roster = createRoster(compiled.model, compiled.choiceOf(assignments));
  const fixes = fixesOf(state, assignments, demands);
  return demands.map((demand) => {
    const { learner, skill, wanted, met } = demand;
    const { reason, message } = reasonOf(compiled, roster, demand);
    const found = fixes.get(demand) ?? [];
    return {
      ...{ learner: state.learners[learner].id, skill, wanted, met, reason, message },
      fixes: reason === 'no-tutor' ? [teacherFix(skill), ...found] : found,
    };
  });
}

function openDemands({ learners }: ScheduleState, assignments: readonly ScheduleAssignment[]): Demand[] {
  const count = new Map<string, number>();
  const key = (learner: string, skill: string): string => JSON.stringify([learner, skill]);
  for (const { learner, skill } of assignments) {
    count.set(key(learner, skill), (count.get(key(learner, skill)) ?? 0) + 1);
  }
  return learners.flatMap(({ id, needs }, learner) =>
    needs
      .map(({ skill, sessions }) => ({ learner, skill, wanted: sessions, met: count.get(key(id, skill)) ?? 0 }))
      .filter(({ wanted, met }) => met < wanted),
  );
}

const REASON_OF: Readonly<Record<Refusal, UnmetReason>> = {
  'request-full': 'not-found',
  'learner-busy': 'learner-busy',
  'learner-limit': 'learner-limit',
  'tutor-busy': 'lost-to-others',
  'tutor-full': 'tutors-full',
  'group-full': 'lost-to-others',
  'group-unfit': 'lost-to-others',
  'no-room': 'rooms-full',
  resource: 'resource',
};

/** What to say first where several hurdles stand: the one of the session that came closest (rooms are looked for last). */
const BY_WEIGHT: readonly UnmetReason[] = [
  ...(['not-found', 'not-worth-it', 'rooms-full', 'resource'] as const),
  ...(['tutors-full', 'lost-to-others', 'learner-limit', 'learner-busy'] as const),
];

function reasonOf(
  { state, model, requests }: CompiledSchedule,
  roster: Roster,
  { learner, skill, wanted, met }: Demand,
): { readonly reason: UnmetReason; readonly message: string } {
  const person = state.learners[learner];
  const name = person.name ?? person.id;
  const short = `${name} gets ${met} of ${wanted} sessions in ${skill}`;
  const own = requests.flatMap((request, r) =>
    request.learner === learner && request.need.skill === skill && roster.metOf(r) < model.requestMost[r] ? [r] : [],
  );
  const need = person.needs.find((each) => each.skill === skill);
  const seen = new Set<UnmetReason>();
  for (const r of own) {
    for (let o = model.optionStart[r]; o < model.optionStart[r + 1]; o++) {
      if (roster.has(o)) continue;
      const refusal = roster.refusal(o);
      if (refusal !== null) seen.add(REASON_OF[refusal]);
      else seen.add(roster.added(o) <= 0 ? 'not-worth-it' : 'not-found');
    }
  }
  const code = need === undefined ? 'no-tutor' : noOptionCode(state, person, need);
  if (need !== undefined && code !== 'possible') {
    return { reason: code, message: `${short}: ${whyNoOption(state, person, need)}.` };
  }
  const reason = BY_WEIGHT.find((each) => seen.has(each)) ?? 'learner-busy';
  return { reason, message: `${short}: ${explainReason(state, reason, name, skill)}.` };
}

function explainReason(state: ScheduleState, reason: UnmetReason, name: string, skill: string): string {
  const { mostPerDay, mostPerWeek } = scheduleRules(state);
  const limits = [
    ...(Number.isFinite(mostPerDay) ? [`${mostPerDay} a day`] : []),
    ...(Number.isFinite(mostPerWeek) ? [`${mostPerWeek} a week`] : []),
  ];
  const words: Partial<Record<UnmetReason, string>> = {
    'tutors-full': `tutors who teach ${skill} have as many sessions as they may`,
    'lost-to-others': `tutors who teach ${skill} are with others whenever ${name} is free, where that is worth more`,
    'rooms-full': 'no suitable room is free at a time that suits both',
    resource: `what ${skill} needs is in use by others`,
    'learner-limit': `${name} may have at most ${limits.join(' and ')}`,
    'learner-busy': `${name} is in other sessions whenever a tutor is free`,
    'not-worth-it': 'a session is possible, but costs more points (price, another tutor, uneven loads) than it gains',
    'not-found': 'a session is possible; search longer to place it',
  };
  return words[reason] ?? reason;
}

const teacherFix = (skill: string): UnmetFix => ({
  ...{ kind: 'teacher', value: 0 },
  message: `Find somebody who teaches ${skill}.`,
});

interface Relaxation {
  readonly kind: UnmetFix['kind'];
  /** What is granted to everybody at once; each session found then uses it once. Null where it changes nothing. */
  relax(state: ScheduleState, open: ReadonlySet<string>): ScheduleState | null;
  say(tutor: string, slot: string, learner: string): string;
}

const allSlots = (state: ScheduleState): string[] => state.slots.map(({ id }) => id);

/** A room that suits everybody. */
function anyRoom(state: ScheduleState) {
  const people = [...state.learners, ...state.tutors];
  let id = 'one more room';
  while (state.rooms?.some((room) => room.id === id)) id += "'";
  return { id, seats: 1000, features: [...new Set(people.flatMap(({ access = [] }) => access))] };
}

const RELAXATIONS: readonly Relaxation[] = [
  {
    kind: 'tutor-hour',
    relax: (state) => ({ ...state, tutors: state.tutors.map((each) => ({ ...each, available: allSlots(state) })) }),
    say: (tutor, slot) => `${tutor} teaches in ${slot} too.`,
  },
  {
    kind: 'learner-hour',
    relax: (state, open) => ({
      ...state,
      learners: state.learners.map((each) => (open.has(each.id) ? { ...each, available: allSlots(state) } : each)),
    }),
    say: (tutor, slot, learner) => `${learner} comes in ${slot}, when ${tutor} is free.`,
  },
  {
    kind: 'tutor-load',
    relax: (state) => ({ ...state, tutors: state.tutors.map((each) => ({ ...each, most: each.most + 1 })) }),
    say: (tutor, slot) => `${tutor} takes one session more, in ${slot}.`,
  },
  {
    kind: 'room',
    relax: (state) => (state.rooms?.length ? { ...state, rooms: [...state.rooms, anyRoom(state)] } : null),
    say: (tutor, slot) => `One more room in ${slot}, with ${tutor}.`,
  },
  {
    kind: 'resource',
    relax: (state) =>
      state.resources?.length
        ? { ...state, resources: state.resources.map((each) => ({ ...each, quantity: each.quantity + 1 })) }
        : null,
    say: (tutor, slot) => `One more of what the session uses in ${slot}, with ${tutor}.`,
  },
];

function fixesOf(
  state: ScheduleState,
  assignments: readonly ScheduleAssignment[],
  demands: readonly Demand[],
): ReadonlyMap<Demand, readonly UnmetFix[]> {
  const open = new Set(demands.map(({ learner }) => state.learners[learner].id));
  const slotsOf = new Map<string, string[]>();
  for (const { learner, slot } of assignments) slotsOf.set(learner, [...(slotsOf.get(learner) ?? []), slot]);
  // The others only have to be where they are: without their other options the arrays stay small.
  const learners = state.learners.map((each) =>
    open.has(each.id) ? each : { ...each, available: [...new Set(slotsOf.get(each.id) ?? [])] },
  );
  // Pins of the plan are in the plan; open ones must not stand in the way of trying.
  const narrow: ScheduleState = { ...state, learners, pins: [] };
  const fixes = new Map<Demand, UnmetFix[]>(demands.map((demand) => [demand, []]));
  for (const relaxation of RELAXATIONS) {
    const relaxed = relaxation.relax(narrow, open);
    if (relaxed === null) continue;
    const compiled = compileSchedule(relaxed);
    const roster = createRoster(compiled.model, compiled.choiceOf(assignments));
    for (const [demand, found] of fixes) found.push(...tryDemand(compiled, roster, relaxation, demand));
  }
  for (const found of fixes.values()) {
    found.sort((a, b) => b.value - a.value);
    found.splice(MOST_FIXES);
  }
  return fixes;
}

/** The best session that fits and adds something, if any. */
function tryDemand(
  { state, model, requests }: CompiledSchedule,
  roster: Roster,
  { kind, say }: Relaxation,
  { learner, skill }: Demand,
): UnmetFix[] {
  const r = requests.findIndex((request) => request.learner === learner && request.need.skill === skill);
  let [best, value] = [-1, 1e-9];
  for (let o = model.optionStart[r] ?? 0; o < (model.optionStart[r + 1] ?? 0); o++) {
    if (roster.has(o) || roster.refusal(o) !== null) continue;
    const added = roster.added(o);
    if (added > value) [best, value] = [o, added];
  }
  if (best < 0) return [];
  const person = state.learners[learner];
  const tutor = state.tutors[model.optionTutor[best]];
  const slot = state.slots[model.optionSlot[best]].id;
  const message = say(tutor.name ?? tutor.id, slot, person.name ?? person.id);
  return [{ kind, tutor: tutor.id, slot, value, message }];
}
