/** Reading fitted models from JSON: each check names the model, what was expected, what came, and what to do. */

export interface ModelJsonReader {
  /** The fields of the whole model; throws unless it is this model in this version. */
  head(json: unknown): Record<string, unknown>;
  /** An object; `place` names it in errors. */
  record(json: unknown, place: string): Record<string, unknown>;
  /** A list of anything. */
  list(json: unknown, place: string): readonly unknown[];
  text(json: unknown, place: string): string;
  /** Finite numbers, exactly `length` of them where it is given. */
  numbers(json: unknown, place: string, length?: number): readonly number[];
  fail(expected: string, got: string): never;
}

/** A reader of what `toJSON` of the model wrote; every failure is a TypeError. */
export function modelJsonReader(name: string, version: string): ModelJsonReader {
  const fail = (expected: string, got: string, remedy = 'fit the model again'): never => {
    throw new TypeError(`${name}.fromJSON: expected ${expected}, got ${got.slice(0, 80)}; ${remedy}.`);
  };
  const record = (json: unknown, place: string): Record<string, unknown> => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) fail(place, kindOf(json));
    return json as Record<string, unknown>;
  };
  const list = (json: unknown, place: string): readonly unknown[] => {
    if (!Array.isArray(json)) fail(`a list as ${place}`, kindOf(json));
    return json as unknown[];
  };
  return {
    fail,
    record,
    list,
    head(json) {
      const fields = record(json, `a fitted ${name} model`);
      if (fields['model'] !== name) fail(`a fitted ${name} model`, `a model named "${String(fields['model'])}"`);
      if (fields['version'] !== version) {
        const saved = String(fields['version']);
        fail(`version ${version}`, `version ${saved}`, `it was saved by ${ageOf(saved, version)}: fit it again`);
      }
      return fields;
    },
    text(json, place) {
      if (typeof json !== 'string') fail(`text as ${place}`, kindOf(json));
      return json as string;
    },
    numbers(json, place, length) {
      const values = list(json, place);
      if ((length !== undefined && values.length !== length) || !values.every((value) => Number.isFinite(value))) {
        fail(`${length ?? 'finite'} numbers as ${place}`, JSON.stringify(json) ?? 'nothing');
      }
      return values as number[];
    },
  };
}

function kindOf(json: unknown): string {
  return json === null ? 'null' : Array.isArray(json) ? 'a list' : typeof json;
}

function ageOf(saved: string, current: string): string {
  const older = Number(saved) < Number(current);
  return older ? 'an older version of Qurriculum' : 'another version of Qurriculum';
}
