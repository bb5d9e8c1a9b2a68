import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  rem,
} from '@mantine/core';
import { runColors } from './charts/runColors.ts';

/** Ink blue: the one accent, dark enough for white text and for text on paper. */
const ink: MantineColorsTuple = [
  '#eef3fb',
  '#dbe5f4',
  '#b3c8e8',
  '#88a9dc',
  '#648fd2',
  '#4d7ecc',
  '#2f62b5',
  '#2655a2',
  '#1d4785',
  '#16386a',
];

/** Greys of the light scheme, warm as the paper is. */
const gray: MantineColorsTuple = [
  '#f4f1ea',
  '#ece8de',
  '#e2ddd1',
  '#d5cfc1',
  '#bfb9aa',
  '#97917f',
  '#635f57',
  '#524e47',
  '#3a3731',
  '#26241f',
];

/** Greys of the dark scheme: neutral, a little warm, so that both schemes are one family. */
const dark: MantineColorsTuple = [
  '#e6e4df',
  '#c4c2bd',
  '#a3a19c',
  '#7d7b77',
  '#4a4945',
  '#383733',
  '#23221f',
  '#171615',
  '#121110',
  '#0d0c0b',
];

const serif =
  'ui-serif, Charter, "Iowan Old Style", "Source Serif 4", Georgia, "Noto Serif TC", "Songti TC", serif';

export const theme = createTheme({
  colors: { ink, gray, dark },
  white: '#fffdf8',
  black: '#211f1b',
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  fontFamily:
    'ui-sans-serif, system-ui, "Segoe UI", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: rem(12), sm: rem(13.5), md: rem(15), lg: rem(17), xl: rem(20) },
  headings: {
    fontFamily: serif,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.2' },
      h2: { fontSize: rem(20), lineHeight: '1.25' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
      h4: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  defaultRadius: rem(3),
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    // Mantine's smallest notes have 10 pixels, which is too small to read.
    InputWrapper: {
      styles: {
        label: { fontSize: rem(13.5), fontWeight: 600 },
        description: { fontSize: rem(12), lineHeight: 1.35 },
        error: { fontSize: rem(12), lineHeight: 1.35 },
      },
    },
    Progress: { defaultProps: { transitionDuration: 0 } },
    Tooltip: { defaultProps: { openDelay: 150 } },
  },
});

/** Paper in the light, near black in the dark; the colours that charts and panels share. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f4ee',
    '--mantine-color-dimmed': '#5d5a54',
    '--mantine-color-error': '#a1231c',
    '--mantine-color-placeholder': '#5d5a54',
    '--wb-surface': '#fffdf8',
    '--wb-sunken': '#ece8de',
    '--wb-line': '#dcd7ca',
    '--wb-rule': '#211f1b',
    '--wb-accent': '#2655a2',
    '--wb-bar': '#9db5da',
    '--wb-tint': '#d3def0',
    '--wb-train': '#1d4785',
    '--wb-validation': '#b3470f',
    '--wb-right': '#1c6b3c',
    '--wb-wrong': '#b3261e',
    '--wb-here': '#b8116f',
    ...runColors.light,
  },
  dark: {
    '--mantine-color-body': '#171615',
    '--mantine-color-dimmed': '#aaa8a2',
    '--mantine-color-error': '#f2948c',
    '--mantine-color-placeholder': '#aaa8a2',
    '--mantine-color-anchor': '#a6c0e8',
    '--wb-surface': '#211f1d',
    '--wb-sunken': '#2b2927',
    '--wb-line': '#3a3834',
    '--wb-rule': '#8f8c86',
    '--wb-accent': '#a6c0e8',
    '--wb-bar': '#466493',
    '--wb-tint': '#2c3d5a',
    '--wb-train': '#88a9dc',
    '--wb-validation': '#f0a064',
    '--wb-right': '#7fcf9b',
    '--wb-wrong': '#f2948c',
    '--wb-here': '#ff6fb5',
    ...runColors.dark,
  },
});
