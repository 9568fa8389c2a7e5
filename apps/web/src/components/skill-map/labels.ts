/** Names of skills on the canvas of a large map: with a halo in the colour of the ground, so that links do not cut them. */
import type { NodeHoverDrawingFunction, NodeLabelDrawingFunction } from 'sigma/rendering';
import { readToken } from '../../theme/tokens.ts';

/** Longest name that is written out; the panel beside the map has it in full. */
const LONGEST = 34;

/** Radius in pixels from which a planned step bears its name beside its number: before, the names of a plan overlap. */
const NAMED_FROM = 7;

const shorten = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

export const drawSkillLabel: NodeLabelDrawingFunction = (context, data, settings) => {
  if (!data.label) return;
  const step: number | null = data['step'] ?? null;
  const label =
    step !== null && data.size < NAMED_FROM
      ? `${step}`
      : shorten(step === null ? data.label : `${step}. ${data.label}`);
  context.font = `500 ${settings.labelSize}px ${settings.labelFont}`;
  const x = data.x + data.size + 4;
  const y = data.y + settings.labelSize / 3;
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = readToken('--q-surface');
  context.strokeText(label, x, y);
  context.fillStyle = readToken('--q-text');
  context.fillText(label, x, y);
};

/** The skill under the pointer and the selected one: a ring and its name in full. */
export const drawSkillHover: NodeHoverDrawingFunction = (context, data, settings) => {
  const accent = readToken('--q-accent');
  context.beginPath();
  context.arc(data.x, data.y, data.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = accent;
  context.stroke();
  if (!data.label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(data.label).width;
  const x = data.x + data.size + 8;
  context.fillStyle = readToken('--q-surface-raised');
  context.strokeStyle = readToken('--q-line');
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x, data.y - 11, width + 12, 22, 5);
  context.fill();
  context.stroke();
  context.fillStyle = readToken('--q-text');
  context.fillText(data.label, x + 6, data.y + settings.labelSize / 3);
};
