/**
 * Mantine's theme: one accent colour, the system's own fonts, small sizes for people who work in it all day. Colours of
 * surfaces and text come from `tokens.css`, so that Mantine's components and ours never disagree.
 */
import { Alert, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef2fc',
  '#dde5f8',
  '#bccaf1',
  '#9ab0ea',
  '#7f9df0',
  '#5c7fdc',
  '#416acb',
  '#2f56b5',
  '#264794',
  '#1d3874',
];

/** Cooler than Mantine's own, and dark enough apart that text on each surface keeps 4.5:1. */
const dark: MantineColorsTuple = [
  '#e5e8ee',
  '#c6ccd6',
  '#a2abba',
  '#717b8b',
  '#3a424f',
  '#2a303a',
  '#20252d',
  '#191d24',
  '#12151a',
  '#0f1216',
];

/** Notes, successes, warnings and failures in the tokens' colours, by the colour that a screen asks for. */
const ALERT_TOKENS: Readonly<Record<string, string>> = { red: 'bad', teal: 'good', yellow: 'warn' };

/**
 * The list itself scrolls, not a box around it: it belongs to its field for keyboards and screen readers, a scrolling
 * box between the two is a stop that neither reaches.
 */
const OPTIONS = { withScrollArea: false, styles: { options: { maxHeight: 260, overflowY: 'auto' } } } as const;

const DIALOG = { title: { fontWeight: 650, fontSize: '1.0625rem' } } as const;

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  autoContrast: true,
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Open Sans', Ubuntu, sans-serif",
  fontFamilyMonospace: 'var(--q-mono)',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9rem', lg: '1.0625rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  components: {
    Alert: Alert.extend({
      vars: (_, { color }) => {
        const token = ALERT_TOKENS[color ?? ''] ?? 'note';
        return { root: { '--alert-color': `var(--q-${token})`, '--alert-bg': `var(--q-${token}-soft)` } };
      },
    }),
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true }, multiline: true } },
    Select: { defaultProps: OPTIONS },
    MultiSelect: { defaultProps: OPTIONS },
    Autocomplete: { defaultProps: OPTIONS },
    Modal: { defaultProps: { centered: true, closeButtonProps: { 'aria-label': 'Close' }, styles: DIALOG } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, styles: DIALOG } },
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--q-surface)',
  '--mantine-color-text': 'var(--q-text)',
  '--mantine-color-dimmed': 'var(--q-text-quiet)',
  '--mantine-color-placeholder': 'var(--q-text-quiet)',
  '--mantine-color-anchor': 'var(--q-accent-text)',
  '--mantine-color-default-border': 'var(--q-line)',
  '--mantine-color-error': 'var(--q-bad)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: { ...surfaces, '--mantine-primary-color-light-color': 'var(--q-accent-text)' },
});
