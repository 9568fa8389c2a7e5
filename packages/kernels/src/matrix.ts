/**
 * Small matrices in one memory, with the operations that train and run a recurrent network: WebAssembly SIMD
 * (assembly/matrix.ts) where the machine has it, else its twin in TypeScript, with the same bits.
 */
import { KernelError } from './errors.ts';
import { wasmBase64 } from './generated/matrix.ts';
import type { MatrixOperations, Numbers } from './matrix-operations.ts';
import { createTwinOperations, type MatrixPrecision } from './matrix-twin.ts';
import { createWasmOperations } from './matrix-wasm.ts';
import { arenaBytes, createArena, type KernelBackend, lazyModule } from './wasm-module.ts';

export interface Matrices<Name extends string> extends MatrixOperations {
  readonly backend: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
  /** The arrays asked for, zero at first. Operations take them and parts of them (`subarray` from a multiple of 4 on). */
  readonly arrays: Readonly<Record<Name, Numbers>>;
}

export interface MatricesOptions {
  /** Default: 'wasm-simd' where the machine has it, else 'typescript'. */
  readonly backend?: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
  /** 'float64' is TypeScript only, and slow: to check gradients. Default 'float32'. */
  readonly precision?: MatrixPrecision;
}

const matrixModule = lazyModule(wasmBase64);

/** Arrays of the given lengths and what can be done with them. @throws KernelError OUT_OF_MEMORY. */
export function createMatrices<Name extends string>(
  lengths: Readonly<Record<Name, number>>,
  { backend, precision = 'float32' }: MatricesOptions = {},
): Matrices<Name> {
  const entries = Object.entries(lengths) as [Name, number][];
  for (const [name, length] of entries) requireLength(name, length);
  const module = backend === 'typescript' || precision === 'float64' ? null : matrixModule();
  const collect = (allocate: (length: number) => Numbers) =>
    Object.fromEntries(entries.map(([name, length]) => [name, allocate(length)])) as Record<Name, Numbers>;
  if (module === null) {
    const allocate = (length: number): Numbers =>
      precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
    return { backend: 'typescript', arrays: collect(allocate), ...createTwinOperations(precision) };
  }
  // Room for one number more: see createWasmOperations.
  const arena = createArena(entries.reduce((sum, [, length]) => sum + arenaBytes(length, 4), arenaBytes(1, 4)));
  const operations = createWasmOperations(module, arena);
  const { buffer } = arena.memory;
  const allocate = (length: number): Numbers => new Float32Array(buffer, arena.allocate(4 * length), length);
  return { backend: 'wasm-simd', arrays: collect(allocate), ...operations };
}

function requireLength(name: string, length: number): void {
  if (Number.isInteger(length) && length >= 0 && length < 2 ** 30) return;
  throw new KernelError(
    'BAD_SIZE',
    `createMatrices: expected a length from 0 to 2^30 - 1 for ${name}, got ${length}; correct it.`,
  );
}
