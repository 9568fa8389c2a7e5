/** What every reader of skill graphs gives, and the clean-up that they share. */
import type { Prerequisite, Skill } from '../skill-graph.ts';
import { FormatError, show } from './format-error.ts';

export type GraphFormat = 'qurriculum' | 'marble' | 'metacademy' | 'node-link' | 'course-pairs' | 'edge-list';

/** A skill graph as read: ends are known and nothing is repeated, but there may be cycles. */
export interface SkillGraphData {
  readonly format: GraphFormat;
  readonly name: string;
  readonly skills: readonly Skill[];
  readonly prerequisites: readonly Prerequisite[];
  /** As the file states it; undefined when it says nothing: ask before using it. */
  readonly licence?: string;
  /** Whom to name, as the file states it. */
  readonly credit?: string;
  readonly source?: string;
  /** What was changed on the way in, in words: "3 repeated prerequisites merged". */
  readonly notes: readonly string[];
}

/** A prerequisite with where it stood, for messages. */
export interface PlacedPrerequisite {
  readonly prerequisite: Prerequisite;
  readonly at: () => { readonly path?: string; readonly line?: number };
}

export interface RawGraph extends Omit<SkillGraphData, 'prerequisites' | 'notes'> {
  readonly placed: readonly PlacedPrerequisite[];
  readonly notes?: readonly string[];
}

/**
 * Refuses repeated skills and unknown ends, and merges repeated prerequisites (the stronger stays). Cycles and loops stay:
 * `createSkillGraph` refuses them by name, `breakCycles` leaves them out and lists them.
 */
export function tidy(file: string, raw: RawGraph): SkillGraphData {
  const { placed, notes = [], ...rest } = raw;
  const known = new Set<string>();
  for (const [k, { id }] of raw.skills.entries()) {
    if (known.has(id)) {
      throw new FormatError(
        'duplicate-skill',
        file,
        { path: `skill ${k + 1}` },
        {
          expected: 'every skill id once',
          got: `${show(id)} again`,
          advice: 'remove one of them or give it another id',
        },
      );
    }
    known.add(id);
  }
  const kept = new Map<string, Prerequisite>();
  let repeated = 0;
  for (const { prerequisite, at } of placed) {
    const { from, to } = prerequisite;
    for (const end of [from, to]) if (!known.has(end)) throw unknownSkill(file, at(), end);
    const key = `${from.length} ${from} ${to}`;
    const twin = kept.get(key);
    if (twin !== undefined) repeated++;
    if (twin === undefined || (twin.strength === 'soft' && prerequisite.strength === 'hard'))
      kept.set(key, prerequisite);
  }
  const merged = `${repeated} repeated ${repeated === 1 ? 'prerequisite' : 'prerequisites'} merged`;
  return { ...rest, prerequisites: [...kept.values()], notes: repeated > 0 ? [...notes, merged] : notes };
}

function unknownSkill(file: string, at: ReturnType<PlacedPrerequisite['at']>, id: string): FormatError {
  return new FormatError('unknown-skill', file, at, {
    expected: 'the id of a skill in the file',
    got: show(id),
    advice: 'add the skill or correct the id',
  });
}
