import type { WorkbenchState } from '../../app/state.ts';
import type { Workbench } from '../../app/workbench.ts';

/** A page of the workbench, as whoever sits before it has it, and as machines treat it. */
export interface Page {
  readonly workbench: Workbench;
  readonly state: WorkbenchState;
  subscribe(listener: (state: WorkbenchState) => void): () => void;
  /** What went wrong that nobody called for. */
  readonly mishaps: readonly string[];
  /** Ends its worker as a crash does: at any moment, with an error that the page hears. */
  kill(): void;
  /** Loses the GPU that its worker has opened, if it has. */
  loseGpu(): void;
  /** As the browser closes a tab: nobody is asked. */
  close(): void;
}
