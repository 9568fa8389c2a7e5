/** Shares of the gain that each learner keeps in a group of 1, 2, 3, ... learners. */

/** Whole per cents are no exact binary fractions. */
const ROUNDING = 1e-9;

/** Shares for groups of up to `size`: further ones fall as the last two did, and no faster than keeps all gaining together. */
export const sharesUpTo = (shares: readonly number[], size: number): number[] => {
  const found = shares.slice(0, size);
  while (found.length < size) {
    const count = found.length;
    const last = found[count - 1] ?? 1;
    const step = count > 1 ? found[count - 2] - last : 0.1;
    const least = (count * last) / (count + 1);
    found.push(count === 0 ? 1 : Math.ceil(Math.max(last - step, least) * 100 - ROUNDING) / 100);
  }
  return found;
};

/**
 * What is wrong with the share in a group of `size`, 2 or more; null where nothing is. It may not rise, and all together must
 * gain at least what one learner fewer gain: size x share >= (size - 1) x share before.
 */
export const shareFault = (shares: readonly number[], size: number): string | null => {
  const [before, share] = [shares[size - 2], shares[size - 1]];
  if (share > before) return `Expected at most ${Math.round(before * 100)} %, as in the smaller group.`;
  const least = ((size - 1) * before) / size;
  return share < least - ROUNDING
    ? `Expected at least ${Math.ceil(least * 100)} %, so that all together gain from one learner more.`
    : null;
};
