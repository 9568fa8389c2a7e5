/**
 * Reader of OATutor content: `coursePlan.json`, `skillModel.json`, `bktParams.json` and one problem a line in
 * `problems.jsonl`. Gives skills, items, lessons in their order and what could not be used, each with its reason. The
 * order of lessons is kept as an order; it is no evidence for prerequisites.
 */
import { checkJson } from '../formats/checked-json.ts';
import type { Item } from '../items/item.ts';
import type { Skill } from '../skill-graph.ts';
import type { Terms } from './oatutor-items.ts';
import { itemOfStep } from './oatutor-items.ts';
import type { OatutorProblem } from './oatutor-schema.ts';
import { bktParamsFile, coursePlanFile, problemLine, skillModelFile } from './oatutor-schema.ts';
import { readTerms } from './oatutor-text.ts';

export interface OatutorFiles {
  /** Parsed `coursePlan.json`. */
  readonly coursePlan: unknown;
  /** Parsed `skillModel.json`: step id -> skill ids. */
  readonly skillModel: unknown;
  /** Parsed `bktParams.json`, if there is one. */
  readonly bktParams?: unknown;
  /** Lines of `problems.jsonl`. */
  readonly problems: Iterable<string>;
}

export interface OatutorLesson {
  readonly id: string;
  readonly name: string;
  readonly topic?: string;
  /** Skills with the mastery, 0 to 1, at which the lesson counts as done. */
  readonly targets: readonly { readonly skill: string; readonly mastery: number }[];
}

/** Parameters of Bayesian knowledge tracing as the content states them, each 0 to 1. */
export interface StatedTracing {
  readonly skill: string;
  readonly mastery: number;
  readonly transit: number;
  readonly slip: number;
  readonly guess: number;
}

export interface UnmappedItem {
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly reason: string;
}

export interface OatutorContent {
  readonly name: string;
  readonly skills: readonly Skill[];
  readonly items: readonly Item[];
  readonly lessons: readonly OatutorLesson[];
  /** Skill ids in the order of the lessons; skills that no lesson names come last. */
  readonly courseOrder: readonly string[];
  readonly tracing: readonly StatedTracing[];
  readonly unmapped: readonly UnmappedItem[];
  readonly licence?: string;
  readonly credit?: string;
  readonly notes: readonly string[];
}

const PROBLEMS = 'problems.jsonl';

/** @throws FormatError when one of the three JSON files is not what it should be; bad problems go to `unmapped`. */
export function readOatutor(files: OatutorFiles): OatutorContent {
  const plan = checkJson(coursePlanFile, files.coursePlan, 'coursePlan.json');
  const model = checkJson(skillModelFile, files.skillModel, 'skillModel.json');
  const parameters = checkJson(bktParamsFile, files.bktParams ?? {}, 'bktParams.json');
  const lessons = plan.lessons.map(({ id, name, topics, learningObjectives }) => ({
    id,
    name,
    ...(topics && { topic: topics }),
    targets: Object.entries(learningObjectives).map(([skill, mastery]) => ({ skill, mastery })),
  }));
  const licence = readTerms(plan.courseLicense);
  const credit = readTerms(plan.courseOER);
  const { items, unmapped } = readItems(files.problems, model, { licence, credit });
  const order = new Set([
    ...lessons.flatMap(({ targets }) => targets.map(({ skill }) => skill)),
    ...items.flatMap(({ skills }) => skills),
  ]);
  const topicOf = new Map(
    [...lessons].reverse().flatMap(({ topic, targets }) => targets.map(({ skill }) => [skill, topic] as const)),
  );
  const tracing = Object.entries(parameters)
    .filter(([skill]) => order.has(skill))
    .map(([skill, { probMastery, probTransit, probSlip, probGuess }]) => ({
      skill,
      mastery: probMastery,
      transit: probTransit,
      slip: probSlip,
      guess: probGuess,
    }));
  return {
    name: plan.courseName,
    skills: Array.from(order, (id) => ({
      id,
      name: nameOf(id),
      subject: plan.courseName,
      ...(topicOf.get(id) && { domain: topicOf.get(id) }),
    })),
    items,
    lessons,
    courseOrder: [...order],
    tracing,
    unmapped,
    ...(licence !== undefined && { licence }),
    ...(credit !== undefined && { credit: `${credit}; items and hints: OATutor (https://www.oatutor.io)` }),
    notes: notesOn(items, tracing),
  };
}

function readItems(lines: Iterable<string>, model: Readonly<Record<string, readonly string[]>>, terms: Terms) {
  const items = new Map<string, Item>();
  const unmapped: UnmappedItem[] = [];
  let line = 0;
  for (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const leaveOut = (id: string, reason: string): void => {
      unmapped.push({ file: PROBLEMS, line, id, reason });
    };
    const problem = readProblem(text);
    if (typeof problem === 'string') {
      leaveOut('', problem);
      continue;
    }
    for (const step of problem.steps) {
      const mapped = itemOfStep(problem, step, step.skills ?? model[step.id] ?? [], terms);
      if ('reason' in mapped) leaveOut(step.id, mapped.reason);
      else if (items.has(step.id)) leaveOut(step.id, 'its id was there before');
      else items.set(step.id, mapped.item);
    }
  }
  return { items: [...items.values()], unmapped };
}

/** The problem, or why the line holds none. */
function readProblem(text: string): OatutorProblem | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the line is not JSON';
  }
  const result = problemLine.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return `${['$', ...issue.path].join('.')}: ${issue.message}`;
}

/** "simplify:_expressions_with_absolute_value" -> "Simplify: expressions with absolute value". */
function nameOf(id: string): string {
  const words = id.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function notesOn(items: readonly Item[], tracing: readonly StatedTracing[]): string[] {
  const figures = items.filter(({ missingFigures }) => missingFigures !== undefined).length;
  const distinct = new Set(tracing.map(({ mastery, transit, slip, guess }) => [mastery, transit, slip, guess].join()));
  return [
    ...(figures > 0 ? [`${figures} items refer to figures that are not part of the files`] : []),
    ...(tracing.length > 1 && distinct.size === 1
      ? ['all skills state the same tracing parameters: defaults, not fitted']
      : []),
  ];
}
