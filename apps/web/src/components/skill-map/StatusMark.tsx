/** The sign of a skill's status, the same shape as on the map: disc mastered, diamond ready, square locked. */
import type { SkillStatus } from './map-graph.ts';
import classes from './StatusMark.module.css';

export const StatusMark = ({
  status,
  withWord = false,
}: {
  readonly status: SkillStatus;
  readonly withWord?: boolean;
}) => (
  <span className={classes['root']}>
    <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden className={classes[status]}>
      {status === 'mastered' && <circle r="5.5" />}
      {status === 'ready' && <path d="M0-6 6 0 0 6-6 0Z" />}
      {status === 'locked' && <rect x="-4.5" y="-4.5" width="9" height="9" rx="1" />}
    </svg>
    <span className={withWord ? classes['word'] : classes['hidden']}>{status}</span>
  </span>
);
