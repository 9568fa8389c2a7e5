/**
 * SAPI's `qp` format (dwave-cloud-client, dwave/cloud/coders.py): numbers in the solver's own order of qubits and
 * couplers as base64 of little-endian float64, answers packed a bit per active qubit, most significant bit first.
 */
import { RemoteError } from '../remote-error.ts';
import { type Fields, fieldsOf } from '../response-fields.ts';
import { fromBase64, packDoubles, unpackDoubles, unpackInts } from './bytes.ts';
import type { EmbeddedModel } from './embedded-model.ts';
import type { TargetGraph } from './graph.ts';

export interface QpData {
  readonly format: 'qp';
  readonly lin: string;
  readonly quad: string;
  readonly offset: number;
}

/** Inactive qubits are NaN; only couplers between active qubits are listed. */
export function encodeQp({ fields, couplings }: EmbeddedModel, { first, second }: TargetGraph): QpData {
  const active = (k: number): boolean => !Number.isNaN(fields[first[k]]) && !Number.isNaN(fields[second[k]]);
  const quad = Array.from(couplings).filter((_, k) => active(k));
  return { format: 'qp', lin: packDoubles(Array.from(fields)), quad: packDoubles(quad), offset: 0 };
}

export interface QpAnswer {
  /** The vendor's numbers of the qubits that were read. */
  readonly qubits: readonly number[];
  /** -1/+1 per read and qubit, in the order of `qubits`. */
  readonly reads: readonly Int8Array[];
  readonly occurrences: readonly number[];
}

/** @throws RemoteError BAD_RESPONSE when lengths do not fit together. */
export function decodeQp(answer: unknown): QpAnswer {
  const where = 'D-Wave answer';
  const fields: Fields = fieldsOf(answer, where);
  const qubits = unpackInts(fields['active_variables'], `${where} active_variables`);
  const count = unpackDoubles(fields['energies'], `${where} energies`).length;
  const occurrences =
    fields['num_occurrences'] === undefined
      ? Array.from({ length: count }, () => 1)
      : unpackInts(fields['num_occurrences'], `${where} num_occurrences`);
  const bits = fromBase64(fields['solutions'], `${where} solutions`);
  const bytesPerRead = Math.ceil(qubits.length / 8);
  if (bits.length !== count * bytesPerRead || occurrences.length !== count || occurrences.some((n) => n < 1)) {
    throw new RemoteError(
      'BAD_RESPONSE',
      `${where}: expected ${count} reads of ${bytesPerRead} bytes, got ${bits.length} bytes and ${occurrences.length} ` +
        'counts; the answer was cut, resume the job again.',
    );
  }
  const reads = Array.from({ length: count }, (_, read) =>
    Int8Array.from(qubits, (_, k) => ((bits[read * bytesPerRead + (k >> 3)] >> (7 - (k & 7))) & 1 ? 1 : -1)),
  );
  return { qubits, reads, occurrences };
}
