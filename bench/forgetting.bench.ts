/**
 * The memory model: seconds of fit and check, how well recall of held-out learners is predicted by fitted weights, the
 * default ones and a constant, whether what plans believe of mastered skills comes true at the next look back, and what
 * forgetting by the model costs a planner (ratio of CPU seconds, interleaved in one process). Data: Algebra 2005
 * (learner/algebra05_part.tsv.gz, times in seconds) and the simulated sample institution.
 */
import { createReadStream, existsSync } from 'node:fs';
import { foundationsOfAlgebra } from '@qurriculum/course/sample-course';
import { type PathState, planBySearch } from '@qurriculum/decisions';
import {
  answersOfTable,
  bayesianKnowledgeTracing,
  beliefsFromMemory,
  createInteractionTableBuilder,
  createTracker,
  defaultForecast,
  fitMemory,
  type InteractionTable,
  type MemoryFigures,
  type MemoryModel,
  readRecords,
  rightAnswer,
  type SkillMemory,
  simulateInstitution,
  tableFromRows,
} from '@qurriculum/learner';
import { dataFile, printMachine } from './machine.ts';

const DAY = 86_400;
/** From here on a skill counts as mastered on screens. */
const MASTERED = 0.8;

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const { graph } = foundationsOfAlgebra;
const simulated = tableFromRows(
  simulateInstitution({ graph, seed: 20_260_901 }).map(({ learner, skill, item, correct, time }) => ({
    ...{ learner: `${learner}`, item, skills: [skill], correct, time },
  })),
);

async function algebra(): Promise<InteractionTable> {
  const name = 'learner/algebra05_part.tsv.gz';
  const reader = await readRecords(name, createReadStream(dataFile(name)), { now: 2e9 });
  const builder = createInteractionTableBuilder();
  for await (const batch of reader.batches) builder.appendColumns(batch);
  return builder.build();
}

async function measure(title: string, table: InteractionTable): Promise<MemoryModel> {
  const started = cpuSeconds();
  const { model, check, reason } = await fitMemory(table, { seed: 1 });
  process.stdout.write(
    `${title}: ${table.rows} answers, fit and check in ${(cpuSeconds() - started).toFixed(1)} CPU s\n`,
  );
  if (check !== null) {
    const figure = ({ mean, low, high }: MemoryFigures['auc']): string =>
      `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]  `;
    process.stdout.write(
      `  ${'weights'.padEnd(10)}${['log loss', 'AUC', 'RMSE in bins'].map((h) => h.padEnd(26)).join('')}\n`,
    );
    for (const name of ['fitted', 'default', 'constant'] as const) {
      const { logLoss, auc, rmseBins } = check[name];
      process.stdout.write(
        `  ${name.padEnd(10)}${[logLoss, auc, rmseBins].map((f) => figure(f).padEnd(26)).join('')}\n`,
      );
    }
  }
  process.stdout.write(`  ${reason}\n`);
  await measureBeliefs(table, model);
  return model;
}

/** Looks back at mastered skills (items on one skill): share right, and what is believed with forgetting and without. */
async function measureBeliefs(table: InteractionTable, model: MemoryModel): Promise<void> {
  const tracing = await bayesianKnowledgeTracing().fit(table);
  const answer = answersOfTable(table);
  let memories = new Map<string, SkillMemory>();
  let state = tracing.initial();
  const sums = { looks: 0, right: 0, withForgetting: 0, without: 0 };
  for (let row = 0; row < table.rows; row++) {
    if (row > 0 && table.learner[row] !== table.learner[row - 1]) {
      memories = new Map();
      state = tracing.initial();
    }
    const given = answer(row);
    const time = table.time[row];
    const [skill] = given.skills;
    const memory = memories.get(skill);
    if (given.skills.length === 1 && memory !== undefined && time - memory.last > DAY / 6) {
      const { mean } = tracing.mastery(state, skill);
      if (mean >= MASTERED) {
        sums.looks++;
        sums.right += table.correct[row];
        sums.withForgetting += rightAnswer(defaultForecast, mean * model.retrievability(memory, time));
        sums.without += rightAnswer(defaultForecast, mean);
      }
    }
    for (const name of given.skills) {
      const after = model.update(memories.get(name) ?? null, { grade: given.correct ? 3 : 1, time });
      if (after !== null) memories.set(name, after);
    }
    state = tracing.update(state, given);
  }
  const share = (sum: number): string => `${((100 * sum) / sums.looks).toFixed(1)} %`;
  process.stdout.write(
    `  ${sums.looks} looks back at mastered skills: ${share(sums.right)} right; believed with forgetting ${share(sums.withForgetting)}, without ${share(sums.without)}\n\n`,
  );
}

/** A learner's state on the sample course, with forgetting by the planners' own curve and by the model. */
function drawStates(model: MemoryModel, learner: number): readonly [PathState, PathState] {
  const tracker = createTracker(graph);
  const memories: (SkillMemory | null)[] = graph.skills.map(() => null);
  const answer = answersOfTable(simulated);
  const first = simulated.time[0] / DAY;
  let day = 0;
  for (let row = 0; row < simulated.rows; row++) {
    if (simulated.learner[row] !== learner) continue;
    const { skills, correct } = answer(row);
    const skill = graph.indexOf.get(skills[0]) ?? 0;
    day = Math.max(day, Math.floor(simulated.time[row] / DAY - first));
    tracker.answered(skill, day, correct);
    memories[skill] = model.update(memories[skill], { grade: correct ? 3 : 1, time: simulated.time[row] });
  }
  const own = { graph, beliefs: tracker.beliefs(day + 1), goals: [] };
  return [own, { ...own, beliefs: beliefsFromMemory(own.beliefs, model, memories, (time) => time / DAY - first) }];
}

function measurePlans(model: MemoryModel): void {
  const states = Array.from({ length: 10 }, (_, learner) => drawStates(model, learner));
  const seconds = [0, 0];
  for (let round = 0; round < 7; round++) {
    for (const pair of states) {
      pair.forEach((state, k) => {
        const started = cpuSeconds();
        planBySearch(state);
        if (round > 0) seconds[k] += cpuSeconds() - started;
      });
    }
  }
  process.stdout.write(
    `planning with the memory model takes ${(seconds[1] / seconds[0]).toFixed(2)} times the CPU time without\n`,
  );
}

printMachine('Memory model, held-out learners, 95 % intervals by bootstrap over learners');
if (existsSync(dataFile('learner/algebra05_part.tsv.gz'))) await measure('Algebra 2005', await algebra());
measurePlans(await measure('Sample institution (simulated)', simulated));
