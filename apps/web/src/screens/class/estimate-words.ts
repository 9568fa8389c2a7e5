/** What records say about prerequisites, in words: how much was looked at, how little may have come of it, and why. */
import type { PrerequisiteEstimateView } from '../../api/class.ts';
import { formatNumber, plural } from '../../components/format.ts';

/** @param links estimated prerequisites, those switched off too. */
export const sayEstimate = ({ skills, testedPairs }: PrerequisiteEstimateView, links: number): string => {
  if (testedPairs === 0) {
    return 'The records cannot tell what comes before what: no two skills were answered by enough of the same learners.';
  }
  const looked = `Estimated from records: ${formatNumber(testedPairs)} pairs among ${plural(skills, 'skill')} were compared`;
  const found = links === 0 ? 'they support no link' : `they support only ${plural(links, 'link')}`;
  // A course is a chain at least, so fewer links than half of its skills leave most of it open.
  return links >= skills / 2
    ? `${looked}, ${plural(links, 'link')} found.`
    : `${looked}, and ${found}. Too few learners met the same skills to be sure of more; import a skill graph if there is one.`;
};
