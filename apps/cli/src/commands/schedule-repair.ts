/** `schedule repair`: a plan kept alive through the file's events, each change priced. */
import path from 'node:path';
import {
  planSchedule,
  type RepairStep,
  repairSchedule,
  type ScheduleAssignment,
  type ScheduleState,
} from '@qurriculum/decisions';
import { describeBytes, type Json } from '@qurriculum/evidence';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { numberOption, onePositional, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { eventCount, FILE_DETAILS, FORMAT_OPTION, readPlan, readSource } from './schedule-files.ts';
import { round } from './schedule-solve.ts';

const DEFAULT_SECONDS = 1;
/** A plan from nothing takes longer than a repair: it is the yardstick, and must not be short. */
const SCRATCH_FACTOR = 5;

export const scheduleRepair: Command = {
  name: 'schedule repair',
  summary: 'Applies events to a tutoring plan one after another; each answer trades gain against a price per change.',
  usage: 'FILE [--events K] [--change-cost C] [--plan PLAN] [--time S] [--seed N]',
  details: [
    ...FILE_DETAILS.slice(0, 1),
    'Starts from PLAN, else from what the file has published, else from a plan made first. Per event: the objective without',
    'the price of change, `changed` (sessions given up although they could have stayed), `broken` (lost by the event itself),',
    '`kept`, `changes` per learner (was, now), and `objectiveFromScratch`: a plan made anew, as if nobody minded.',
    '',
    'Example: qurriculum schedule repair week.json --events 3 --change-cost 2 --json',
  ].join('\n'),
  options: {
    events: { type: 'string', value: 'K', description: "how many of the file's events (default: all)" },
    'change-cost': { type: 'string', value: 'C', description: 'points per session given up (default 2)' },
    plan: { type: 'string', value: 'PLAN', description: 'the plan to start from' },
    time: { type: 'string', value: 'S', description: `seconds per repair (default ${DEFAULT_SECONDS})` },
    'scratch-time': {
      type: 'string',
      value: 'S',
      description: `seconds from scratch (default ${SCRATCH_FACTOR} times that)`,
    },
    seed: { type: 'string', value: 'N', description: 'seed of everything drawn (default 0)' },
    ...FORMAT_OPTION,
  },
  async run(context) {
    const name = onePositional(context, 'FILE');
    const { source, bytes } = await readSource(context, name);
    if (source.kind !== 'schedule') {
      throw new UsageError(`schedule repair: expected a tutoring schedule, got a ${source.kind} file.`);
    }
    const seconds = numberOption(context, 'time', DEFAULT_SECONDS, { least: 0.01, most: 1e5 });
    const scratchSeconds = numberOption(context, 'scratch-time', SCRATCH_FACTOR * seconds, { least: 0.01, most: 1e5 });
    const seed = numberOption(context, 'seed', 0, { least: 0, most: 2 ** 32 - 1, integer: true });
    const changeCost = numberOption(context, 'change-cost', 2, { least: 0, most: 1e9 });
    const events = source.events.slice(0, eventCount(context, source.events.length, source.events.length));
    const about = { kind: 'solve', subject: 'repair', seed, budget: { seconds, scratchSeconds } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const start = await startingPlan(context, source.state, scratchSeconds, seed);
      const steps = await repairSchedule(source.state, { assignments: start }, events, {
        ...{ seconds, scratchSeconds, seed, changeCost, alternatives: true, signal: context.signal },
        onProgress: (fraction) => context.progress('Repairing', fraction),
      });
      const figures = steps.map(figuresOf);
      const inputs = [await describeBytes(bytes, { name: path.basename(name) })];
      return { value: { steps, figures, start }, inputs, result: JSON.parse(JSON.stringify(figures)) as Json };
    });
    const { steps, figures, start } = value;
    const total = {
      changed: figures.reduce((sum, { changed }) => sum + changed, 0),
      broken: figures.reduce((sum, { broken }) => sum + broken.length, 0),
    };
    const assignments = steps.at(-1)?.balanced.plan.assignments ?? start;
    return { json: { changeCost, events: figures, total, assignments, run }, text: describe(figures, total) };
  },
};

async function startingPlan(
  context: CommandContext,
  state: ScheduleState,
  seconds: number,
  seed: number,
): Promise<readonly ScheduleAssignment[]> {
  const file = textOption(context, 'plan');
  if (file !== undefined) return readPlan(file);
  if (state.published !== undefined) return state.published;
  const onProgress = ({ fraction }: { readonly fraction: number }): void =>
    context.progress('Making a plan first', fraction);
  return (await planSchedule(state, { seconds, seed, signal: context.signal, onProgress })).plan.assignments;
}

function figuresOf({ event, balanced, keep, best, broken, released, seconds }: RepairStep) {
  return {
    ...{ event, objective: balanced.value, changed: balanced.moved, kept: balanced.kept, broken, released },
    objectiveFromScratch: best?.value ?? null,
    objectiveKeepingAll: keep?.value ?? null,
    ...{
      feasible: balanced.violations.length === 0,
      violations: balanced.violations,
      changes: balanced.changed,
      seconds,
    },
  };
}

function describe(
  figures: readonly ReturnType<typeof figuresOf>[],
  total: { readonly changed: number; readonly broken: number },
): string {
  const lines = figures.map(
    ({ event, objective, changed, kept, broken, objectiveFromScratch, seconds, violations }, k) => {
      const scratch = objectiveFromScratch === null ? '' : ` (from scratch ${round(objectiveFromScratch)})`;
      const faults = violations.map(({ message }) => `\n  broken rule: ${message}`).join('');
      return `${k + 1} ${event.kind}: ${round(objective)}${scratch}; ${broken.length} lost, ${changed} changed, ${kept} kept; ${seconds.toFixed(2)} s${faults}`;
    },
  );
  return [...lines, `in all ${total.changed} changed beyond ${total.broken} that were lost`].join('\n');
}
