/** What a value is made of: parts that add up to it, each with its words, a bar by size and the signed number. */
import { Progress } from '@mantine/core';
import { formatNumber } from './format.ts';
import classes from './TermBars.module.css';

export interface TermBarsProps {
  readonly terms: readonly { readonly name: string; readonly value: number }[];
  /** Decimals of the numbers; default 2. */
  readonly decimals?: number;
}

export const TermBars = ({ terms, decimals = 2 }: TermBarsProps) => {
  const largest = Math.max(...terms.map((term) => Math.abs(term.value)), Number.EPSILON);
  return (
    <dl className={classes['terms']}>
      {terms.map((term) => (
        <div key={term.name} className={classes['term']}>
          <dt>{term.name}</dt>
          <dd>
            <Progress
              value={(100 * Math.abs(term.value)) / largest}
              color={term.value < 0 ? 'orange' : undefined}
              size="sm"
              aria-label={term.name}
            />
            <span className={classes['value']}>
              {term.value > 0 ? '+' : ''}
              {formatNumber(term.value, { decimals })}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
};
