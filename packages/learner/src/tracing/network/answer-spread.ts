/**
 * How far a learner's own probability may be from the predicted one, read off the model itself: what it would learn from one
 * more answer is what it does not know yet.
 *
 * If answers to questions of a kind are exchangeable, a probability lies behind them (de Finetti), and the variance of that
 * probability is p (1 - p) d, with d the next prediction after a right answer less that after a wrong one. A beta
 * distribution of mean p and this variance has a + b = 1 / d - 1, and its logit the variance trigamma(a) + trigamma(b).
 */

// Below this many answers' worth of knowledge the logit's variance says nothing any more.
const fewestAnswers = 0.1;

/**
 * Variance of the logit of the probability behind the answers.
 * @param mean p, within (0, 1).
 * @param difference d; none or a negative one means that answers teach nothing: 0.
 */
export function answerSpread(mean: number, difference: number): number {
  if (!(difference > 0)) return 0;
  const known = Math.max(fewestAnswers, 1 / difference - 1);
  return trigamma(mean * known) + trigamma((1 - mean) * known);
}

/** Second derivative of ln Gamma, x > 0 (Abramowitz & Stegun 6.4.6 up to x >= 6, then 6.4.12); relative error below 1e-7. */
export function trigamma(x: number): number {
  let sum = 0;
  let at = x;
  for (; at < 6; at++) sum += at ** -2;
  const square = at ** -2;
  return sum + 1 / at + square / 2 + (square / at) * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)));
}
