/**
 * Fitted models by the run that made them: a stored body never changes, and reading one from its JSON takes longer than
 * all else that an answer asks for (a hybrid's is megabytes). No more than a few, for servers with many courses.
 */
const MOST_FITS = 4;

/** Gives the fit of a run, read once; one without a run, or that is not there (null), is asked for each time. */
export function createKeptFits<Fit>() {
  const fits = new Map<string, Fit>();
  return async (run: string | null, read: () => Promise<Fit | null>): Promise<Fit | null> => {
    const kept = run === null ? undefined : fits.get(run);
    if (kept !== undefined) return kept;
    const fit = await read();
    if (fit !== null && run !== null) fits.set(run, fit);
    for (const other of [...fits.keys()].slice(0, -MOST_FITS)) fits.delete(other);
    return fit;
  };
}
