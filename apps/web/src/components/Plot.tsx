/**
 * Observable Plot in a React page: drawn again when its box or its data change, coloured by CSS variables so that light
 * and dark need no second drawing, and never the only way to the numbers: every plot has a sentence and a table.
 */
import { Group, Skeleton, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type Caveat, CaveatBadge } from './Badges.tsx';
import { FoldedTable } from './FoldedTable.tsx';
import { type Origin, OriginButton } from './OriginButton.tsx';
import classes from './Plot.module.css';

type PlotLibrary = typeof import('@observablehq/plot');
type PlotOptions = import('@observablehq/plot').PlotOptions;

export interface PlotTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
}

export interface PlotProps {
  readonly title: string;
  /** What there is to see, in one sentence; read aloud instead of the picture. */
  readonly description: string;
  /** Builds the plot for a width in CSS pixels. Keep its identity stable (useCallback): a new one draws again. */
  readonly draw: (plot: PlotLibrary, width: number) => PlotOptions;
  /** The same numbers as a table. */
  readonly table: PlotTable;
  /** Height that is reserved until the plot is drawn. */
  readonly height?: number;
  readonly caveats?: readonly Caveat[];
  readonly origin?: Origin;
}

/** Type sizes and colours that all plots share. */
const HOUSE: PlotOptions = {
  style: {
    background: 'transparent',
    color: 'var(--q-text)',
    fontFamily: 'inherit',
    fontSize: '12px',
    fontVariant: 'tabular-nums',
    overflow: 'visible',
  },
};

export const Plot = ({ title, description, draw, table, height = 240, caveats, origin }: PlotProps) => {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [drawn, setDrawn] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (width === 0) return;
    let stale = false;
    void import('@observablehq/plot').then((library) => {
      if (stale || box.current === null) return;
      const figure = library.plot({ ...HOUSE, width, ...draw(library, width) });
      // The picture has one name of its own; the library's names of its groups would be read as loose words.
      for (const group of figure.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
      box.current.replaceChildren(figure);
      setDrawn(true);
    });
    return () => {
      stale = true;
    };
  }, [draw, width]);

  return (
    <figure className={classes['figure']}>
      <figcaption>
        <Group gap={6}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {origin && <OriginButton origin={origin} of={title} />}
          {caveats?.map((caveat) => (
            <CaveatBadge key={caveat} caveat={caveat} />
          ))}
        </Group>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      </figcaption>
      {!drawn && <Skeleton height={height} mt="xs" />}
      <div ref={box} role="img" aria-label={`${title}. ${description}`} className={classes['plot']} />
      <FoldedTable summary="Show as a table" label={`${title}: table`} columns={table.columns} rows={table.rows} />
    </figure>
  );
};
