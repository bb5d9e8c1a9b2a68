import { runColors } from './charts/runColors.ts';
import { cssVariables, theme } from './theme.ts';

/** What the system draws with where it forces colours, as Windows' high contrast does. */
const system = {
  '--mantine-color-body': 'Canvas',
  '--mantine-color-text': 'CanvasText',
  '--mantine-color-dimmed': 'CanvasText',
  '--wb-surface': 'Canvas',
  '--wb-sunken': 'Canvas',
  '--wb-line': 'CanvasText',
  '--wb-rule': 'CanvasText',
  '--wb-accent': 'LinkText',
  '--wb-bar': 'CanvasText',
  '--wb-tint': 'Canvas',
  '--wb-train': 'CanvasText',
  '--wb-validation': 'LinkText',
  '--wb-right': 'CanvasText',
  '--wb-wrong': 'LinkText',
  '--wb-here': 'Highlight',
};

const { light } = cssVariables(theme as Parameters<typeof cssVariables>[0]);

/** On paper, whichever the scheme on the screen is. */
const paper = {
  ...light,
  'color-scheme': 'light',
  '--mantine-color-body': '#ffffff',
  '--mantine-color-text': '#000000',
  '--mantine-color-default': '#ffffff',
  '--mantine-color-default-color': '#000000',
  '--mantine-color-default-border': '#bfb9aa',
  '--wb-surface': '#ffffff',
};

/** Twice, to come before the variables of the scheme, wherever these stand. */
const ROOT = ':root[data-mantine-color-scheme][data-mantine-color-scheme]';

const rules = (variables: Readonly<Record<string, string>>) =>
  `${ROOT} { ${Object.entries(variables)
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ')} }`;

/**
 * The colours of the page on other grounds than its own: on paper, and where the system forces its
 * own. Runs, of which there are more than the system has colours, keep theirs, of the scheme that it says.
 */
const sheet = [
  `@media print { ${rules(paper)} }`,
  `@media (forced-colors: active) { ${rules({ ...system, ...runColors.light })} }`,
  `@media (forced-colors: active) and (prefers-color-scheme: dark) { ${rules(runColors.dark)} }`,
].join('\n');

export function MediaColors() {
  return <style>{sheet}</style>;
}
