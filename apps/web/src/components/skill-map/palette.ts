/** Colours of the skill map, read from the tokens of the scheme that is on: canvases know no CSS variables. */
import { masteryStep, readToken } from '../../theme/tokens.ts';
import type { MapSkill } from './map-graph.ts';

export interface MapPalette {
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly faint: string;
  readonly accent: string;
  readonly goal: string;
  readonly mastery: readonly string[];
}

export const readPalette = (): MapPalette => ({
  surface: readToken('--q-surface'),
  text: readToken('--q-text'),
  quiet: readToken('--q-control-line'),
  line: readToken('--q-line'),
  faint: readToken('--q-hairline'),
  accent: readToken('--q-accent'),
  goal: readToken('--q-category-vermillion'),
  mastery: [0, 1, 2, 3, 4].map((step) => readToken(`--q-mastery-${step}`)),
});

/** Mastered skills are filled with the end of the scale, ready ones with theirs, locked ones stay hollow. */
export const fillOf = (skill: MapSkill, palette: MapPalette): string => {
  if (skill.status === 'mastered') return palette.mastery[4];
  if (skill.status === 'locked') return palette.surface;
  return palette.mastery[skill.mastery === null ? 0 : masteryStep(skill.mastery)];
};

export const outlineOf = (skill: MapSkill, palette: MapPalette): string => {
  if (skill.goal) return palette.goal;
  if (skill.status === 'ready') return palette.accent;
  return skill.status === 'mastered' ? palette.mastery[4] : palette.quiet;
};
