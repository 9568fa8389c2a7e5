/** Numbers, shares, durations and dates in words and digits, the same on every screen. */

/** An interval around a figure; `level` is its coverage, 0.9 unless stated. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level?: number;
}

interface NumberStyle {
  readonly unit?: string;
  readonly decimals?: number;
}

/** Decimals that a reader can use: none from 100 on, one from 10 on, else enough for two or three digits. */
const decimalsFor = (value: number): number => {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
};

const digits = (value: number, decimals: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: decimals });

/** '1,590', '0.732', '48 %' (a share between 0 and 1 when the unit is '%'), '–' for what is not finite. */
export const formatNumber = (value: number, { unit, decimals }: NumberStyle = {}): string => {
  if (!Number.isFinite(value)) return '–';
  if (unit === '%') return `${digits(value * 100, decimals ?? 0)} %`;
  return digits(value, decimals ?? decimalsFor(value));
};

/** '48 %' of a share between 0 and 1. */
export const formatPercent = (share: number): string => formatNumber(share, { unit: '%' });

/** '0.61 to 0.80'; both ends with the decimals of the wider one. */
export const formatInterval = ({ low, high }: Interval, { unit, decimals }: NumberStyle = {}): string => {
  if (unit === '%') return `${digits(low * 100, decimals ?? 0)} to ${digits(high * 100, decimals ?? 0)} %`;
  const shared = decimals ?? Math.max(decimalsFor(low), decimalsFor(high));
  return `${digits(low, shared)} to ${digits(high, shared)}`;
};

/** Decimals that a figure and its interval share, so that they can be compared at a glance. */
export const sharedDecimals = ({ mean, low, high }: Interval & { readonly mean: number }): number =>
  Math.max(...[mean, low, high].map(decimalsFor));

/** '45 s', '3 min 20 s', '2 h 5 min', '120 ms' below a second. */
export const formatDuration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 1) return `${digits(seconds * 1000, seconds < 0.01 ? 1 : 0)} ms`;
  if (seconds < 60) return `${digits(seconds, seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  if (minutes < 60) return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** '1.2 MB', in powers of a thousand. */
export const formatBytes = (bytes: number): string => {
  const steps = ['bytes', 'kB', 'MB', 'GB'];
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${digits(bytes / 1000 ** step, step === 0 ? 0 : 1)} ${steps[step]}`;
};

/** '22 Nov 2026, 15:40' in the reader's own time zone; the text itself where it is no date. */
export const formatTime = (iso: string): string => {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return time.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
};

/** '22 Nov', with the year where it is another one than now. */
export const formatDay = (iso: string): string => {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const year = time.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' as const };
  return time.toLocaleString('en-GB', { day: 'numeric', month: 'short', ...year });
};

/** '1 skill', '3 skills'. */
export const plural = (count: number, one: string, many: string = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;
