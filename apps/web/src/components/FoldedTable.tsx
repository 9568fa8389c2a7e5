/** Figures behind a line that opens: a plain table in a box that scrolls. */
import type { ReactNode } from 'react';
import classes from './FoldedTable.module.css';

export interface FoldedTableProps {
  /** The line that opens it. */
  readonly summary: string;
  /** Name of the box, read aloud. */
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

export const FoldedTable = ({ summary, label, columns, rows }: FoldedTableProps) => (
  <details className={classes['details']}>
    <summary>{summary}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable without a mouse */}
    <section className={classes['scroll']} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  </details>
);
