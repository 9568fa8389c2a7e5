/**
 * The grid of the heat map, by the ARIA grid pattern: one cell takes the focus, arrow keys move it, Enter opens what can
 * be done. Thousands of cells: plain elements, one line below that says the cell in words instead of a tooltip each.
 */
import { Anchor } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import type { HeatMapView } from '../../api/class.ts';
import type { Place } from '../../components/grid-walk.ts';
import { sayMastery } from '../../components/Mastery.tsx';
import { useGridWalk } from '../../components/useGridWalk.ts';
import { masteryStep } from '../../theme/tokens.ts';
import classes from './HeatGrid.module.css';
import type { Intervention } from './InterveneDialog.tsx';

interface CellProps {
  readonly value: number | null;
  readonly threshold: number;
  readonly row: number;
  readonly column: number;
  readonly focusable: boolean;
  readonly label: string;
}

const Cell = ({ value, threshold, row, column, focusable, label }: CellProps) => {
  const step = value === null ? null : value >= threshold ? 4 : Math.min(3, masteryStep(value));
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells of an ARIA grid are what is walked and opened
      role="gridcell"
      tabIndex={focusable ? 0 : -1}
      aria-label={label}
      data-row={row}
      data-column={column}
      data-step={step ?? undefined}
      className={classes['cell']}
    >
      {value === null ? '·' : Math.round(value * 100)}
    </td>
  );
};

interface RowProps {
  readonly learner: HeatMapView['learners'][number];
  readonly view: HeatMapView;
  readonly row: number;
  readonly first: number;
  readonly last: number;
  /** Column of the focusable cell where it is in this row, else null. */
  readonly focusColumn: number | null;
}

const Row = memo(({ learner, view, row, first, last, focusColumn }: RowProps) => (
  <tr>
    <th scope="row" className={classes['learner']}>
      <span className={classes['learnerName']}>
        {learner.needsHelp && (
          <span className={classes['help']} role="img" aria-label="needs help" title="needs help" />
        )}
        <Anchor component={Link} to={`/learner/${learner.id}`} size="xs" truncate>
          {learner.name}
        </Anchor>
      </span>
    </th>
    {view.skills.slice(first, last).map((skill, index) => {
      const value = learner.mastery[first + index];
      return (
        <Cell
          key={skill.id}
          value={value}
          threshold={view.threshold}
          row={row}
          column={first + index}
          focusable={focusColumn === first + index}
          label={`${learner.name}, ${skill.name}: ${sayMastery({ mastery: value, masteredFrom: view.threshold })}`}
        />
      );
    })}
  </tr>
));

export interface HeatGridProps {
  readonly view: HeatMapView;
  /** Columns shown: firstSkill (included) to lastSkill (not included). */
  readonly firstSkill: number;
  readonly lastSkill: number;
  readonly onIntervene: (on: Intervention) => void;
}

/** The cell under the pointer or the focus, in words. */
const describe = (view: HeatMapView, at: Place | null): string => {
  const learner = at === null ? undefined : view.learners[at.row];
  const skill = at === null ? undefined : view.skills[at.column];
  if (!learner || !skill)
    return 'Point at a cell, or walk with the arrow keys. Enter or a click changes the next steps.';
  const mastery = learner.mastery[at!.column];
  return `${learner.name}, ${skill.name}: ${sayMastery({ mastery, masteredFrom: view.threshold })}`;
};

export const HeatGrid = ({ view, firstSkill, lastSkill, onIntervene }: HeatGridProps) => {
  const { table, handlers, stop, looked } = useGridWalk(
    { rows: view.learners.length, columns: lastSkill, first: firstSkill },
    (at) => {
      const learner = view.learners[at.row];
      const skill = view.skills[at.column];
      onIntervene({ learnerId: learner.id, learnerName: learner.name, skillId: skill.id, skillName: skill.name });
    },
  );
  return (
    <div>
      <div className={classes['scroll']}>
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked as a grid
          role="grid"
          aria-label="Mastery of each learner in each skill, per cent"
          className={classes['grid']}
          {...handlers}
        >
          <thead>
            <tr>
              <th scope="col" className={classes['corner']}>
                Learner
              </th>
              {view.skills.slice(firstSkill, lastSkill).map((skill) => (
                <th key={skill.id} scope="col" className={classes['skill']} title={skill.name}>
                  <span>{skill.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.learners.map((learner, row) => (
              <Row
                key={learner.id}
                learner={learner}
                view={view}
                row={row}
                first={firstSkill}
                last={lastSkill}
                focusColumn={row === stop.row ? stop.column : null}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes['looked']} aria-hidden>
        {describe(view, looked)}
      </p>
    </div>
  );
};
