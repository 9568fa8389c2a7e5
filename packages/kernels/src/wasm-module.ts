/**
 * WebAssembly modules embedded as base64: decoded, checked and compiled once, instantiated on a memory of their own.
 * Whether the machine has SIMD (or relaxed SIMD) is found by validating the very module that would be used.
 */
import { KernelError } from './errors.ts';

/** Which code does the arithmetic. 'typescript' is the oracle of the tests and the fallback of old machines. */
export type KernelBackend = 'wasm-relaxed-simd' | 'wasm-simd' | 'typescript';

const PAGE_BYTES = 65536;
/** Where a bump allocation starts and what it is aligned to: one vector. */
const ALIGNMENT = 16;

/** A module that compiles when first asked for; null where the machine lacks an instruction that it uses. */
export function lazyModule(base64: string): () => WebAssembly.Module | null {
  let compiled: WebAssembly.Module | null | undefined;
  return () => {
    if (compiled === undefined) {
      if (typeof WebAssembly === 'undefined') return null;
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
    }
    return compiled;
  };
}

/** Bytes that one array takes in an arena. */
export function arenaBytes(length: number, bytesPerElement: number): number {
  return Math.ceil((length * bytesPerElement) / ALIGNMENT) * ALIGNMENT;
}

/**
 * A memory and a bump allocator over it. The size is fixed at creation, so views stay valid for the arena's life, and
 * nothing is handed out twice, so everything handed out is zero.
 */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** Byte offset of `bytes` zeroed bytes, aligned to 16. */
  allocate(bytes: number): number;
}

/** A `shared` one can be handed to workers. @throws KernelError OUT_OF_MEMORY when the machine does not give that much. */
export function createArena(bytes: number, shared = false): Arena {
  const pages = Math.ceil((bytes + ALIGNMENT) / PAGE_BYTES);
  let memory: WebAssembly.Memory;
  try {
    memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    const megabytes = Math.ceil(bytes / 2 ** 20);
    throw new KernelError(
      'OUT_OF_MEMORY',
      `createArena: expected ${megabytes} MB of memory for WebAssembly, got refused; use a smaller problem.`,
    );
  }
  // Address 0 is left out: a forgotten pointer then reads nothing of ours.
  let next = ALIGNMENT;
  return {
    memory,
    allocate(size) {
      const start = next;
      next += arenaBytes(size, 1);
      if (next > pages * PAGE_BYTES) {
        throw new KernelError(
          'OUT_OF_MEMORY',
          `arena.allocate: expected at most ${pages * PAGE_BYTES} bytes in all, got ${next}; plan the arena larger.`,
        );
      }
      return start;
    },
  };
}

/** Instantiates a kernel module on an arena. The caller names the exports, whose types WebAssembly does not carry. */
export function instantiate<Exports>(module: WebAssembly.Module, arena: Arena): Exports {
  return new WebAssembly.Instance(module, { env: { memory: arena.memory } }).exports as Exports;
}
