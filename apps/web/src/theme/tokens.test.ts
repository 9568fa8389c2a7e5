import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATEGORY_TOKENS, MASTERY_STEPS, masteryStep, masteryWord } from './tokens.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The tokens of one scheme, name to colour. */
const tokensOf = (scheme: 'light' | 'dark'): ReadonlyMap<string, string> => {
  const block = css.split(`[data-mantine-color-scheme='${scheme}'] {`)[1].split('}')[0];
  return new Map([...block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]));
};

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Contrast ratio, WCAG 2.2. */
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const TEXT_PAIRS = [
  ['--q-text', '--q-surface'],
  ['--q-text', '--q-page'],
  ['--q-text-quiet', '--q-surface'],
  ['--q-text-quiet', '--q-page'],
  ['--q-text-quiet', '--q-surface-sunk'],
  ['--q-accent-text', '--q-surface'],
  ['--q-accent-text', '--q-accent-soft'],
  ['--q-good', '--q-good-soft'],
  ['--q-warn', '--q-warn-soft'],
  ['--q-bad', '--q-bad-soft'],
  ['--q-note', '--q-note-soft'],
  ...Array.from({ length: MASTERY_STEPS }, (_, step) => [`--q-mastery-text-${step}`, `--q-mastery-${step}`]),
];

describe.each(['light', 'dark'] as const)('tokens, %s', (scheme) => {
  const tokens = tokensOf(scheme);

  it('let every text be read (4.5 to 1)', () => {
    for (const [text, ground] of TEXT_PAIRS) {
      expect(contrast(tokens.get(text)!, tokens.get(ground)!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('let every mark be seen (3 to 1)', () => {
    const marks = [...CATEGORY_TOKENS.filter((name) => !name.endsWith('yellow')), '--q-accent', '--q-control-line'];
    for (const mark of marks) {
      expect(contrast(tokens.get(mark)!, tokens.get('--q-surface')!), mark).toBeGreaterThanOrEqual(2.9);
    }
  });

  it('order the mastery scale by lightness alone, away from the ground', () => {
    const steps = Array.from({ length: MASTERY_STEPS }, (_, step) => tokens.get(`--q-mastery-${step}`)!);
    const ratios = steps.map((step) => contrast(step, tokens.get('--q-surface')!));
    for (let step = 1; step < ratios.length; step++) expect(ratios[step] / ratios[step - 1]).toBeGreaterThan(1.2);
  });
});

describe('mastery', () => {
  it('has a step and a word for every probability, mastered from 0.8', () => {
    expect([0, 0.2, 0.4, 0.6, 0.8, 1].map(masteryStep)).toEqual([0, 1, 2, 3, 4, 4]);
    expect(masteryWord(0.79)).toBe('nearly there');
    expect(masteryWord(0.8)).toBe('mastered');
    expect(masteryWord(0.8, 0.9)).toBe('nearly there');
  });
});
