/** Reads problems of ITC-2019 (XML). All kinds of distributions are known; any other is an error. */
import {
  type DistributionKind,
  GROUP_KINDS,
  type ItcClass,
  type ItcCourse,
  type ItcDistribution,
  type ItcProblem,
  type ItcRoom,
  type ItcStudent,
  type ItcTime,
  PAIR_KINDS,
} from './problem.ts';
import { readXml, type XmlElement } from './xml.ts';

/** Days and weeks are kept as bits of a whole number. */
const MOST_BITS = 30;
const MOST = 1_000_000;

interface Extent {
  readonly days: number;
  readonly slotsPerDay: number;
  readonly weeks: number;
}

/** @throws ProblemError BAD_FILE with line and column */
export function readItc2019(text: string, file = 'timetable'): ItcProblem {
  const root = readXml(text, file, 'problem');
  const extent: Extent = {
    days: root.whole('nrDays', 1, MOST_BITS),
    slotsPerDay: root.whole('slotsPerDay', 1, MOST),
    weeks: root.whole('nrWeeks', 1, MOST_BITS),
  };
  const optimization = only(root, 'optimization');
  const roomElements = elements(root, 'rooms', 'room');
  const roomOf = indexOf(roomElements, 'room');
  const rooms = roomElements.map((room) => readRoom(room, roomOf, extent));
  const courseElements = elements(root, 'courses', 'course');
  const courseOf = indexOf(courseElements, 'course');
  const classElements = courseElements.flatMap(configsOf).flat(2);
  const classOf = indexOf(classElements, 'class');
  const courses = courseElements.map((course) => readCourse(course, classOf));
  return {
    name: root.text('name'),
    ...extent,
    weights: {
      time: optimization.whole('time', 0, MOST),
      room: optimization.whole('room', 0, MOST),
      distribution: optimization.whole('distribution', 0, MOST),
      student: optimization.whole('student', 0, MOST),
    },
    rooms,
    classes: classElements.map((element) => readClass(element, roomOf, classOf, extent)),
    courses,
    distributions: elements(root, 'distributions', 'distribution').map((one) => readDistribution(one, classOf)),
    students: readStudents(elements(root, 'students', 'student'), courseOf),
  };
}

/** The classes of each subpart of each configuration. */
function configsOf(course: XmlElement): XmlElement[][][] {
  return course
    .children('config')
    .map((config) => config.children('subpart').map((subpart) => [...subpart.children('class')]));
}

function readCourse(course: XmlElement, classOf: Lookup): ItcCourse {
  const configs = configsOf(course).map((config) => {
    for (const [k, subpart] of config.entries()) {
      for (const element of subpart) {
        const parent = element.optional('parent');
        const others = config.filter((_, other) => other !== k).flat();
        if (parent === undefined || others.some((one) => one.text('id') === parent)) continue;
        const expected = 'as parent a class of another subpart of the same configuration';
        throw element.fault(expected, JSON.stringify(parent), 'correct it');
      }
    }
    return config.map((subpart) => subpart.map((element) => classOf(element, 'id')));
  });
  return { id: course.text('id'), configs };
}

function readStudents(list: readonly XmlElement[], courseOf: Lookup): ItcStudent[] {
  indexOf(list, 'student');
  return list.map((element) => {
    const courses = element.children('course').map((one) => courseOf(one, 'id'));
    if (new Set(courses).size === courses.length) return { id: element.text('id'), courses };
    throw element.fault(`each course of student ${element.text('id')} once`, 'one twice', 'take one out');
  });
}

type Lookup = (element: XmlElement, attribute: string) => number;

function readRoom(element: XmlElement, roomOf: Lookup, extent: Extent): ItcRoom {
  const travel = new Map(element.children('travel').map((one) => [roomOf(one, 'room'), one.whole('value', 0, MOST)]));
  return {
    id: element.text('id'),
    travelTo: travel,
    unavailable: element.children('unavailable').map((one) => readTime(one, extent)),
  };
}

function readClass(element: XmlElement, roomOf: Lookup, classOf: Lookup, extent: Extent): ItcClass {
  const id = element.text('id');
  const times = element
    .children('time')
    .map((time) => ({ ...readTime(time, extent), penalty: time.whole('penalty', 0, MOST) }));
  const rooms = element
    .children('room')
    .map((room) => ({ room: roomOf(room, 'id'), penalty: room.whole('penalty', 0, MOST) }));
  if (times.length === 0) throw element.fault(`a time for class ${id}`, 'none', 'add a <time>');
  return {
    ...{ id, times },
    // Room options of a class that says that it needs none are not meant.
    rooms: element.optional('room') === 'false' ? [] : rooms,
    limit: element.optional('limit') === undefined ? Number.POSITIVE_INFINITY : element.whole('limit', 0, MOST),
    parent: element.optional('parent') === undefined ? -1 : classOf(element, 'parent'),
  };
}

function readTime(element: XmlElement, { days, slotsPerDay, weeks }: Extent): ItcTime {
  return {
    days: readBits(element, 'days', days),
    weeks: readBits(element, 'weeks', weeks),
    start: element.whole('start', 0, slotsPerDay - 1),
    length: element.whole('length', 1, slotsPerDay),
  };
}

/** A text of 0 and 1, the first day or week first, with at least one 1. */
function readBits(element: XmlElement, attribute: string, width: number): number {
  const text = element.text(attribute);
  if (text.length === width && /^[01]*1[01]*$/.test(text)) return bitsOf(text);
  throw element.fault(`${attribute} as ${width} digits 0 or 1 with a 1`, JSON.stringify(text), 'correct it');
}

/** The first digit is the lowest bit. */
export function bitsOf(text: string): number {
  return [...text].reduce((bits, digit, k) => bits | (Number(digit) << k), 0);
}

/** The reverse of `bitsOf`. */
export function bitText(bits: number, width: number): string {
  return Array.from({ length: width }, (_, k) => (bits >> k) & 1).join('');
}

const KINDS: Readonly<Record<DistributionKind, number>> = { ...PAIR_KINDS, ...GROUP_KINDS };

function readDistribution(element: XmlElement, classOf: Lookup): ItcDistribution {
  const type = element.text('type');
  const [, name = '', list] = /^(\w+)(?:\(([\d, ]*)\))?$/.exec(type) ?? [];
  const parameters = list === undefined ? [] : list.split(',').map(Number);
  const wanted = Object.hasOwn(KINDS, name) ? KINDS[name as DistributionKind] : undefined;
  if (wanted === undefined) {
    throw element.fault(`a type among ${Object.keys(KINDS).join(', ')}`, JSON.stringify(type), 'correct the type');
  }
  if (parameters.length !== wanted || !parameters.every(Number.isSafeInteger)) {
    throw element.fault(`${wanted} whole numbers in the brackets of ${name}`, JSON.stringify(type), 'correct the type');
  }
  return {
    kind: name as DistributionKind,
    parameters,
    penalty: element.optional('required') === 'true' ? null : element.whole('penalty', 0, MOST),
    classes: element.children('class').map((one) => classOf(one, 'id')),
  };
}

function only(root: XmlElement, name: string): XmlElement {
  const [element] = root.children(name);
  if (element) return element;
  throw root.fault(`an element <${name}>`, 'none', 'add it');
}

/** The children of an element that may be missing. */
function elements(root: XmlElement, parent: string, name: string): readonly XmlElement[] {
  return root.children(parent).flatMap((element) => element.children(name));
}

/** Finds elements by their ids. @throws ProblemError BAD_FILE where an id stands twice */
function indexOf(list: readonly XmlElement[], what: string): Lookup {
  const index = new Map<string, number>();
  for (const element of list) {
    const id = element.text('id');
    if (index.has(id)) throw element.fault(`a new ${what}`, `id ${id} again`, 'rename one of them');
    index.set(id, index.size);
  }
  return (element, attribute) => {
    const id = element.text(attribute);
    const found = index.get(id);
    if (found !== undefined) return found;
    throw element.fault(`the id of a ${what} of this file`, JSON.stringify(id), 'correct it');
  };
}
