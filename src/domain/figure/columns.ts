/** The units of a dense layer, laid row by row as small squares. */
export interface ColumnGrid {
  /** Pixels of the screen for a unit. */
  readonly cell: number;
  readonly across: number;
  readonly width: number;
  readonly height: number;
}

const MOST_CELL = 6;
const MOST_WIDTH = 40;
const FEWEST_ACROSS = 4;

/** All columns of a network have the same cells, so that their heights compare their units. */
export function columnGrid(units: number, mostUnits: number, height: number): ColumnGrid {
  const acrossAt = (cell: number) =>
    Math.max(FEWEST_ACROSS, Math.ceil(mostUnits / Math.max(1, Math.floor(height / cell))));
  let cell = MOST_CELL;
  while (cell > 1 && acrossAt(cell) * cell > MOST_WIDTH) cell--;
  const across = acrossAt(cell);
  return { cell, across, width: across * cell, height: Math.ceil(units / across) * cell };
}
