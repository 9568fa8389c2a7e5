/** `schedule explain`: why this tutor for this learner, then. */
import { createAdviser, type ScheduleState, type SessionExplanation } from '@qurriculum/decisions';
import type { Command } from '../command.ts';
import { nearOr } from '../near.ts';
import { requiredText, textOption } from '../options.ts';
import { FILE_DETAILS, FORMAT_OPTION, fileAndPlan, readPlan, readTutoring } from './schedule-files.ts';
import { round } from './schedule-solve.ts';

export const scheduleExplain: Command = {
  name: 'schedule explain',
  summary: 'Says why a learner has this tutor then: points by term, what came second, what would have to change.',
  usage: 'FILE PLAN --learner ID [--skill NAME] [--events K]',
  details: [
    ...FILE_DETAILS.slice(0, 1),
    'PLAN is what `schedule solve --json` prints. Nothing else of the plan moves, but for one session where that is said.',
    '',
    'Example: qurriculum schedule explain week.json plan.json --learner Ada',
  ].join('\n'),
  options: {
    learner: {
      type: 'string',
      value: 'ID',
      description: 'id of the learner; its number (from 0) where files only count them',
    },
    skill: { type: 'string', value: 'NAME', description: 'only sessions of this skill' },
    events: { type: 'string', value: 'K', description: "the plan is for after the file's first K events (default 0)" },
    ...FORMAT_OPTION,
  },
  async run(context) {
    const [file, planFile] = fileAndPlan(context);
    const learner = requiredText(context, 'learner');
    const { after } = await readTutoring(context, file);
    const adviser = createAdviser(after, { assignments: await readPlan(planFile) });
    const sessions = adviser.explain({ learner: idOf(after, learner), skill: textOption(context, 'skill') });
    return { json: { learner, sessions }, text: sessions.map(describe).join('\n\n') };
  },
};

/** Files that only count learners are read with ids made of the numbers. */
function idOf({ learners }: ScheduleState, text: string): string {
  const ids = learners.map(({ id }) => id);
  const found = [text, `learner ${text}`].find((wanted) => ids.includes(wanted));
  if (found !== undefined) return found;
  const hint = nearOr(text, ids, 'correct it');
  throw new Error(`schedule explain: expected the id of a learner, got "${text}"; ${hint}.`);
}

function describe({ session, value, terms, possible, fitting, runnerUp, better, pin }: SessionExplanation): string {
  const { learner, skill, tutor, slot, room } = session;
  const parts = Object.entries(terms).filter(([, points]) => Math.abs(points) > 1e-9);
  const moves = runnerUp?.moves.map((move) => move.learner) ?? [];
  return [
    `${learner}: ${skill} with ${tutor} in ${slot}${room === undefined ? '' : `, room ${room}`}`,
    `worth ${round(value)} points: ${parts.map(([name, points]) => `${name} ${round(points)}`).join(', ') || 'nothing'}`,
    `${possible} sessions are possible, ${fitting} of them fit beside the others`,
    ...(pin === null ? [] : [`pinned${pin.by ? ` by ${pin.by}` : ''}${pin.reason ? `: ${pin.reason}` : ''}`]),
    runnerUp === null
      ? 'there is no other place for it'
      : `second: ${runnerUp.message}${moves.length > 0 ? ` It would move ${moves.join(', ')}.` : ''}`,
    ...better.map(({ message }) => `better, but: ${message}`),
  ].join('\n');
}
