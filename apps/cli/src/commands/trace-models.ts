/** Models for the `trace` commands: fitted on the spot by name, or read from a file that `trace fit --out` wrote. */
import { readFile } from 'node:fs/promises';
import { type FittedTracingModel, type InteractionTable, tracingModel, tracingModelNames } from '@qurriculum/learner';
import { type CommandContext, UsageError } from '../command.ts';
import { workUnder } from '../progress.ts';
import { sayReadError } from '../read-error.ts';

export interface TimedFit {
  readonly fitted: FittedTracingModel;
  /** 0 for a model that was read. */
  readonly fitSeconds: number;
}

/** Names and files as given by --model, split at commas, checked; `otherwise` when there are none. */
export function modelsNamed(words: readonly string[], otherwise: readonly string[]): readonly string[] {
  const names = [...new Set(words.flatMap((word) => word.split(',')).filter(Boolean))];
  const unknown = names.find((name) => !tracingModelNames.includes(name) && !isFile(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `--model: expected one of ${tracingModelNames.join(', ')}, or the .json file of a fitted model, got "${unknown}".`,
    );
  }
  return names.length === 0 ? otherwise : names;
}

const isFile = (name: string): boolean => name.endsWith('.json');

/** Fits the named model with progress and cancelling, or reads the file. */
export async function fitOrRead(
  context: CommandContext,
  name: string,
  seed: number,
  table: InteractionTable,
): Promise<TimedFit> {
  if (isFile(name)) return { fitted: await readFitted(name), fitSeconds: 0 };
  const started = performance.now();
  const fitted = await tracingModel(name).fit(table, {
    seed,
    ...workUnder(context, `Fitting ${name}`),
  });
  return { fitted, fitSeconds: (performance.now() - started) / 1000 };
}

/** @throws Error in words for a file that is missing or no model; TypeError for a model of another version. */
async function readFitted(path: string): Promise<FittedTracingModel> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`trace: expected a fitted model, got ${sayReadError(error)} at ${path}; check the path.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`trace: expected a fitted model as JSON in ${path}, got ${(error as Error).message}.`);
  }
  const name = typeof json === 'object' && json !== null ? (json as { model?: unknown }).model : undefined;
  if (typeof name !== 'string' || !tracingModelNames.includes(name)) {
    throw new Error(
      `trace: expected a model named one of ${tracingModelNames.join(', ')} in ${path}, got ${JSON.stringify(name) ?? 'none'}; write it with trace fit --out.`,
    );
  }
  return tracingModel(name).fromJSON(json);
}
