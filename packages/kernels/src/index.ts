export { type Annealer, type AnnealerOptions, createAnnealer, type IsingRows } from './annealer.ts';
export { KernelError, type KernelErrorCode } from './errors.ts';
export type { SplitState } from './qaoa-kernel.ts';
export {
  createQaoaRegister,
  MOST_REGISTER_QUBITS,
  type QaoaRegister,
  type QaoaRegisterOptions,
} from './qaoa-register.ts';
export { cosineAndSine } from './trigonometry.ts';
export type { KernelBackend } from './wasm-module.ts';
