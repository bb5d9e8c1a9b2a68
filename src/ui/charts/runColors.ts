/**
 * Colours of runs that are drawn over each other. The eight are those of Okabe and Ito's palette (told
 * apart in every common kind of colour blindness), darkened for paper and lightened for the dark, so
 * that each has a contrast of at least 3 with its ground; dashes tell apart what colour does not.
 */
export const runColors = {
  light: {
    '--wb-run-1': '#0b5fa5',
    '--wb-run-2': '#b84a00',
    '--wb-run-3': '#00704d',
    '--wb-run-4': '#a3387d',
    '--wb-run-5': '#8a6d00',
    '--wb-run-6': '#4d4a45',
    '--wb-run-7': '#1f86b8',
    '--wb-run-8': '#7a2e1f',
  },
  dark: {
    '--wb-run-1': '#7db4f0',
    '--wb-run-2': '#f2944d',
    '--wb-run-3': '#3fc79b',
    '--wb-run-4': '#e79bc9',
    '--wb-run-5': '#e3cf4a',
    '--wb-run-6': '#d8d5ce',
    '--wb-run-7': '#5bd0f5',
    '--wb-run-8': '#e0806c',
  },
} as const;

export interface RunLook {
  readonly color: string;
  /** Of an SVG stroke; undefined where it is drawn through. */
  readonly dashes: string | undefined;
}

const COLORS = Object.keys(runColors.light);
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3'];

/** How the run at this place among the compared ones looks; no two of the first 32 look alike. */
export function runLook(place: number): RunLook {
  const round = Math.floor(place / COLORS.length);
  return {
    color: `var(${COLORS[place % COLORS.length]})`,
    dashes: DASHES[(place + round) % DASHES.length],
  };
}

/** As many runs as can be told apart in one chart. */
export const MOST_OVERLAID = 10;
