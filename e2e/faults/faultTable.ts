/** What was seen of one kind of fault. */
export interface FaultFigures {
  /** Its number in the list of faults, and what is done to the app. */
  readonly fault: string;
  readonly injected: number;
  readonly survived: number;
  /** Steps that had to be made again, at worst. */
  readonly worstLossInSteps?: number;
  /** From the fault until work went on, at worst. */
  readonly worstRecoverySeconds?: number;
}

/** The figures of all faults, as a table of text. */
export function faultTable(rows: readonly FaultFigures[]): string {
  const cells = [
    ['fault', 'injected', 'survived', 'worst loss, steps', 'worst recovery, s'],
    ...rows.map((row) => [
      row.fault,
      String(row.injected),
      String(row.survived),
      row.worstLossInSteps === undefined ? '-' : String(row.worstLossInSteps),
      row.worstRecoverySeconds === undefined ? '-' : row.worstRecoverySeconds.toFixed(1),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** How often each fault is injected: a few times with the other tests, or as often as asked for. */
export const isWhole = process.env.FAULTS === 'whole';
