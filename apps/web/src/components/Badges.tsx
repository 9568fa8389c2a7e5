/** Small marks beside a figure that say how far to trust it, each with the sentence that explains it. */
import { Badge, Tooltip } from '@mantine/core';
import classes from './Badges.module.css';

/** What a reader has to know of a figure: made by the simulator, estimated from records, or within chance. */
export type Caveat = 'simulated' | 'estimated' | 'not significant';

const MEANING: Readonly<Record<Caveat, string>> = {
  simulated: 'These records were made by the learner simulator. No real person stands behind them.',
  estimated: 'Worked out from records, not stated by a person or a file. It can be wrong.',
  'not significant': 'The difference could be chance: its interval includes no difference.',
};

export const CaveatBadge = ({ caveat }: { readonly caveat: Caveat }) => (
  <Tooltip label={MEANING[caveat]} w={240}>
    <Badge
      tabIndex={0}
      size="sm"
      radius="sm"
      variant="outline"
      className={classes['badge']}
      data-caveat={caveat}
      aria-label={`${caveat}: ${MEANING[caveat]}`}
      role="note"
    >
      {caveat}
    </Badge>
  </Tooltip>
);

export const SimulatedBadge = () => <CaveatBadge caveat="simulated" />;

export const EstimatedBadge = () => <CaveatBadge caveat="estimated" />;
