/** Published learner records for tests: ../shared/data beside the repository, or QURRICULUM_DATA. They may be absent. */
import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InteractionTable } from '../interactions.ts';
import { createInteractionTableBuilder } from '../interactions-builder.ts';
import { readRecords } from '../records/reader.ts';

export const learnerDataFolder = `${process.env['QURRICULUM_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))}/learner`;

export const hasLearnerData = existsSync(`${learnerDataFolder}/README.md`);

export async function loadLearnerData(name: string): Promise<InteractionTable> {
  const reader = await readRecords(name, createReadStream(`${learnerDataFolder}/${name}`), { now: 2e9 });
  const builder = createInteractionTableBuilder();
  for await (const batch of reader.batches) builder.appendColumns(batch);
  return builder.build();
}
