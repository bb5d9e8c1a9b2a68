import type { CurveRow } from './curves.ts';

export const seriesKeys = ['raw', 'smoothed', 'validation'] as const;
export type SeriesKey = (typeof seriesKeys)[number];
export type VisibleSeries = Readonly<Record<SeriesKey, boolean>>;

export const allSeries: VisibleSeries = { raw: true, smoothed: true, validation: true };

/** How a curve looks: told apart by colour, by weight and by dashes. Colours are of the theme. */
export interface SeriesLook {
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
  readonly dashes: string | undefined;
  readonly dots: boolean;
}

export const seriesLooks: Readonly<Record<SeriesKey, SeriesLook>> = {
  raw: { color: 'var(--wb-train)', width: 1, opacity: 0.5, dashes: undefined, dots: false },
  smoothed: { color: 'var(--wb-train)', width: 2.2, opacity: 1, dashes: undefined, dots: false },
  validation: { color: 'var(--wb-validation)', width: 2, opacity: 1, dashes: '6 3', dots: true },
};

export function isLastVisible(visible: VisibleSeries, key: SeriesKey): boolean {
  return visible[key] && seriesKeys.every((other) => other === key || !visible[other]);
}

/** Shows or hides a curve; the last one stays. */
export function toggled(visible: VisibleSeries, key: SeriesKey): VisibleSeries {
  return isLastVisible(visible, key) ? visible : { ...visible, [key]: !visible[key] };
}

/** All numbers that the visible curves go through, from this step on. */
export function visibleValues(
  rows: readonly CurveRow[],
  visible: VisibleSeries,
  fromStep = 0,
): number[] {
  const keys = seriesKeys.filter((key) => visible[key]);
  return rows
    .filter(({ step }) => step >= fromStep)
    .flatMap((row) => keys.map((key) => row[key]))
    .filter((value) => value !== undefined);
}
