/** What workers can run, by name. */
import type { Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { openBifurcation } from '../classical/bifurcate.ts';
import { type AnnealParameters, openAnnealing } from '../classical/replica-reads.ts';
import { openReads, type ReadParameters } from '../classical/spin-solver.ts';
import { openPaths } from '../classical/sqa.ts';
import { openTabu } from '../classical/tabu.ts';
import { openTempering } from '../classical/temper.ts';
import type { BatchRunner } from './batches.ts';

const READS = { temper: openTempering, tabu: openTabu, bifurcate: openBifurcation, sqa: openPaths };

/** Opens a program for a model. */
export function openProgram(name: string, spin: BinaryQuadraticModel, parameters: unknown): Steps<BatchRunner> {
  if (name === 'anneal') return openAnnealing(spin, parameters as AnnealParameters);
  const open = READS[name as keyof typeof READS];
  if (!open) throw new TypeError(`openProgram: expected anneal or one of ${Object.keys(READS)}, got ${name}.`);
  return openReads(name, open)(spin, parameters as ReadParameters);
}
