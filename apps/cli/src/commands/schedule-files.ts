/** Files that the commands `schedule ...` read: our own JSON, tutoring benchmarks, course timetables, assignments. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  applyScheduleEvents,
  isTutoringFile,
  readScheduleFile,
  readSchedulePlan,
  readTimetable,
  readTutoringFile,
  type ScheduleAssignment,
  type ScheduleEvent,
  type ScheduleState,
  type Timetable,
  type TutoringFile,
} from '@qurriculum/decisions';
import { isObject, type ProblemFile, parseJson, readProblemFile } from '@qurriculum/problems';
import { type CommandContext, UsageError } from '../command.ts';
import { choiceOption, numberOption } from '../options.ts';
import { sayReadError } from '../read-error.ts';

/** What a file holds. */
export type ScheduleSource =
  | {
      readonly kind: 'schedule';
      readonly state: ScheduleState;
      readonly events: readonly ScheduleEvent[];
      /** The benchmark's own numbers, for its own judge; null for our files. */
      readonly tutoring: TutoringFile['problem'] | null;
    }
  | { readonly kind: 'timetable'; readonly timetable: Timetable }
  | { readonly kind: 'assignment'; readonly file: ProblemFile };

export interface ReadSource {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly source: ScheduleSource;
}

export const FORMATS = ['schedule', 'timetable', 'gap'] as const;

export const FORMAT_OPTION = {
  format: { type: 'string', value: 'NAME', description: `${FORMATS.join(', ')} (default: what FILE looks like)` },
} as const;

export const FILE_DETAILS: readonly string[] = [
  'FILE is a tutoring schedule (.json, docs/schedule-format.md), a tutoring benchmark (.json with slotCount and disruptions),',
  'a course timetable of ITC-2007 track 3 (.ctt) or ITC-2019 (.xml, .xml.gz), or, with --format gap, an assignment file of the',
  'OR-Library.',
];

export async function readSource(context: CommandContext, name: string): Promise<ReadSource> {
  const bytes = await readBytes(name);
  const base = path.basename(name);
  const text = new TextDecoder().decode(base.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  return { name, bytes, source: sourceOf(choiceOption(context, 'format', FORMATS, guess(base)), text, base) };
}

function guess(base: string): (typeof FORMATS)[number] {
  return /\.(ctt|xml)(\.gz)?$/.test(base) ? 'timetable' : 'schedule';
}

function sourceOf(format: (typeof FORMATS)[number], text: string, base: string): ScheduleSource {
  if (format === 'timetable') return { kind: 'timetable', timetable: readTimetable(base, text) };
  if (format === 'gap') return { kind: 'assignment', file: readProblemFile(text, base, 'gap') };
  if (!isTutoringFile(parseJson(text, base)))
    return { kind: 'schedule', ...readScheduleFile(text, base), tutoring: null };
  const { problem, state, events } = readTutoringFile(text, base);
  return { kind: 'schedule', state, events, tutoring: problem };
}

async function readBytes(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    const reason = sayReadError(error as NodeJS.ErrnoException);
    throw new Error(`schedule: expected a file that can be read, got ${reason} for ${name}; check the path.`);
  }
}

/** Plans of our own kind. */
export async function readPlan(name: string): Promise<readonly ScheduleAssignment[]> {
  return readSchedulePlan(new TextDecoder().decode(await readBytes(name)), path.basename(name));
}

/** A timetable's plan: in its format's own words, or the JSON that `schedule solve` prints, which holds them. */
export async function readPlanText(name: string): Promise<string> {
  const text = new TextDecoder().decode(await readBytes(name));
  if (!/^\s*\{/.test(text)) return text;
  const json = parseJson(text, path.basename(name));
  const planText = isObject(json) ? json['planText'] : undefined;
  if (typeof planText === 'string') return planText;
  throw new Error(
    `schedule: expected a plan in the file's own format, or planText, in ${name}, got neither; check the file.`,
  );
}

/** The tutoring schedule of a file, after the first K events (--events); other kinds are refused. */
export async function readTutoring(context: CommandContext, name: string) {
  const { source, bytes } = await readSource(context, name);
  if (source.kind !== 'schedule') {
    throw new UsageError(`expected a tutoring schedule, got a ${source.kind} in ${path.basename(name)}.`);
  }
  const count = eventCount(context, source.events.length, 0);
  return { ...source, bytes, count, after: applyScheduleEvents(source.state, source.events.slice(0, count)).state };
}

/** How many of the file's events are meant. */
export function eventCount(context: CommandContext, most: number, usual: number): number {
  return numberOption(context, 'events', usual, { least: 0, most, integer: true });
}

/** FILE and PLAN. */
export function fileAndPlan({ positionals }: CommandContext): readonly [file: string, plan: string] {
  if (positionals.length !== 2) throw new UsageError(`expected FILE and PLAN, got ${positionals.join(' ') || 'none'}.`);
  return [positionals[0], positionals[1]];
}
