/** Colours of the skill map, read from the tokens of the scheme that is on: canvases know no CSS variables. */
import { masteryStep, readToken } from '../../theme/tokens.ts';
import type { MapSkill } from './map-graph.ts';

export interface MapPalette {
  readonly surface: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly faint: string;
  readonly link: string;
  readonly softLink: string;
  readonly accent: string;
  readonly goal: string;
  readonly mastery: readonly string[];
}

const channels = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** `share` of one colour over another, opaque: Sigma adds translucent links up to white. */
const mixed = (over: string, under: string, share: number): string => {
  const below = channels(under);
  const [r, g, b] = channels(over).map((value, at) => Math.round(share * value + (1 - share) * below[at]));
  return `rgb(${r}, ${g}, ${b})`;
};

export const readPalette = (): MapPalette => ({
  surface: readToken('--q-surface'),
  text: readToken('--q-text'),
  quiet: readToken('--q-control-line'),
  line: readToken('--q-line'),
  faint: readToken('--q-hairline'),
  link: mixed(readToken('--q-control-line'), readToken('--q-surface'), 0.4),
  softLink: mixed(readToken('--q-control-line'), readToken('--q-surface'), 0.2),
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
