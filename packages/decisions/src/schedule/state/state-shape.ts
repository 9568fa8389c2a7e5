/** The JSON of `ScheduleState`, `ScheduleEvent` and `SchedulePlan`, as shapes; `docs/schedule-format.md` tells it in words. */
import { instant, list, number, object, oneOf, record, type Shape, text, tuple, variants } from './shape.ts';

/** Prices, gains and weights: beyond this, sums of them lose their cents. */
const LARGEST = 1e9;
/** Sessions of one person: more would be a slip of the pen. */
const MOST_SESSIONS = 10_000;

const ids = (about: string): Shape => list(about, text('id'), { unique: true });
const slots = (about: string): Shape => ids(`ids of slots: ${about}`);
const amount = (about: string): Shape => number(about, { least: 0, most: LARGEST });
const share = (about: string): Shape => number(about, { least: 0, most: 1 });
const count = (about: string, least: number, most = MOST_SESSIONS): Shape =>
  number(about, { least, most, whole: true });
const one = (kind: string): Shape => oneOf('what happened', [kind]);

const slot = object('a stretch of time in which sessions can be held', {
  id: text('unique'),
  start: instant('ISO 8601 with an offset'),
  end: instant('after the start'),
});

const room = object(
  'a place for one session at a time',
  { id: text('unique'), seats: count('learners that it seats', 1) },
  {
    name: text('for people'),
    features: ids('what it offers, such as "step-free"'),
    site: text('where it is; rooms without one share one'),
    available: slots('those in which it can be used; absent: all'),
  },
);

const resource = object(
  'things in use while a session lasts, one per learner',
  {
    id: text('unique'),
    quantity: count('how many there are', 0, 1e6),
    skills: ids('skills that need one per learner'),
  },
  { name: text('for people') },
);

const tutor = object(
  'somebody who teaches',
  {
    id: text('unique'),
    skills: record('how well by skill: the share of a gain that is had, 0 to 1', share('quality')),
    available: slots('when this person can teach'),
    most: count('sessions over the whole horizon', 0),
  },
  {
    name: text('for people'),
    least: count('sessions over the whole horizon: a hard rule', 0),
    cost: amount('price of one session, in points of gain'),
    languages: ids('languages spoken; absent: everybody understands'),
    access: ids('features that the room must have'),
    groupSize: count('learners in one session at most; default 1', 1, 1000),
  },
);

const need = object(
  'what a learner should be taught',
  {
    skill: text('skill'),
    sessions: count('sessions wanted', 1),
    gain: amount('of one session with a tutor of quality 1'),
  },
  {
    level: share('how far the learner is; absent: fits every group'),
    gainWith: record('gain by tutor, in place of gain times quality', amount('gain')),
  },
);

const learner = object(
  'somebody who is taught',
  { id: text('unique'), available: slots('when this person can come'), needs: list('at most one per skill', need) },
  {
    name: text('for people'),
    priority: amount('gains are multiplied by it; default 1'),
    languages: ids('languages in which this person can be taught; absent: any'),
    access: ids('features that the room must have'),
    group: text('group between which access is compared'),
    company: oneOf('"alone": never with others', ['alone', 'any']),
    apart: ids('learners who may not share a session with this one'),
  },
);

const pin = object(
  "a person's choice that every plan keeps",
  { learner: text('id'), skill: text('skill') },
  { tutor: text('id'), slot: text('id'), room: text('id'), by: text('who'), reason: text('why') },
);

const assignment = object(
  "one learner's part in a session",
  { learner: text('id'), skill: text('skill'), tutor: text('id'), slot: text('id') },
  { room: text('id') },
);

const rules = object(
  'hard rules',
  {},
  {
    mostPerDay: count('sessions of one learner on one day', 1),
    mostPerWeek: count('sessions of one learner in one week', 1),
    bufferMinutes: number('free between two sessions of one person', { least: 0, most: 1440 }),
    travelMinutes: list(
      'from site to site, both ways',
      tuple('site, site, minutes', [text('site'), text('site'), number('minutes', { least: 0, most: 1440 })]),
    ),
    groupShare: list('share of the gain left per learner in groups of 1, 2, ...', share('share'), { least: 1 }),
    levelWidth: share('how far apart levels in a group may be; default 0.25'),
  },
);

const weightNames = ['gain', 'cost', 'continuity', 'load', 'access', 'spread', 'change'] as const;
const weights = object(
  "weights of the objective's terms, in points of gain",
  {},
  Object.fromEntries(weightNames.map((name) => [name, amount('0 switches the term off')])),
);

const onlySome = slots('only these; absent: all');
const events: Readonly<Record<string, Shape>> = {
  'tutor-out': object('a tutor cannot come', { kind: one('tutor-out'), tutor: text('id') }, { slots: onlySome }),
  'learner-out': object(
    'a learner cannot come',
    { kind: one('learner-out'), learner: text('id') },
    { slots: onlySome },
  ),
  'learner-gone': object('a learner leaves', { kind: one('learner-gone'), learner: text('id') }),
  'learner-added': object('a learner joins', { kind: one('learner-added'), learner }),
  'tutor-gone': object('a tutor leaves', { kind: one('tutor-gone'), tutor: text('id') }),
  'tutor-added': object('a tutor joins', { kind: one('tutor-added'), tutor }),
  'slot-closed': object('nobody meets then', { kind: one('slot-closed'), slot: text('id') }),
  'room-closed': object('a room is lost', { kind: one('room-closed'), room: text('id') }, { slots: onlySome }),
  'need-changed': object('more or fewer sessions; 0 ends the need', {
    ...{ kind: one('need-changed'), learner: text('id'), skill: text('skill') },
    sessions: count('sessions wanted from now on', 0),
  }),
};

export const eventShape: Shape = variants('something that happened after the plan was published', 'kind', events);

export const planShape: Shape = object(
  'a plan; figures beside the assignments are counted again',
  { assignments: list('who meets whom', assignment) },
  {
    objective: number('ignored', { least: -1e300, most: 1e300 }),
    terms: record('ignored', number('ignored', { least: -1e300, most: 1e300 })),
  },
);

export const stateShape: Shape = object(
  'a tutoring schedule to be made',
  {
    timeZone: text('IANA name'),
    slots: list('times', slot),
    learners: list('who is taught', learner),
    tutors: list('who teaches', tutor),
  },
  {
    name: text('for people'),
    rooms: list('absent or empty: sessions need none', room),
    resources: list('devices, licences', resource),
    rules,
    weights,
    loadFairness: oneOf('how unevenness of loads is counted', ['range', 'squares']),
    pins: list('choices that every plan keeps', pin),
    published: list('the plan in the calendars; who has left may stand in it', assignment),
    events: list('what happened since, for the command `schedule repair`', eventShape),
  },
);
