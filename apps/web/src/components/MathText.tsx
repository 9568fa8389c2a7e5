/**
 * Text with mathematics between dollars, set by KaTeX, which is loaded when the first formula appears. The text itself
 * goes to the page as text, the formula through KaTeX with `trust` off: nothing in it can become markup or a link.
 */
import { useEffect, useMemo, useRef } from 'react';
import classes from './MathText.module.css';
import { mathSegments } from './math-segments.ts';

const Formula = ({ tex, display }: { readonly tex: string; readonly display: boolean }) => {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let stale = false;
    void Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([{ render }]) => {
      if (stale || place.current === null) return;
      render(tex, place.current, { displayMode: display, throwOnError: false, strict: 'ignore', trust: false });
    });
    return () => {
      stale = true;
    };
  }, [tex, display]);
  return (
    <span ref={place} className={display ? classes['display'] : classes['inline']}>
      {tex}
    </span>
  );
};

export const MathText = ({ children }: { readonly children: string }) => {
  const segments = useMemo(() => mathSegments(children), [children]);
  return (
    <span className={classes['text']}>
      {segments.map((segment, index) =>
        segment.kind === 'text' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity but their place
          <span key={`${index}`}>{segment.value}</span>
        ) : (
          // A formula that changes gets a new element: KaTeX has replaced what React put into the old one.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Formula key={`${index}:${segment.value}`} tex={segment.value} display={segment.kind === 'display'} />
        ),
      )}
    </span>
  );
};
