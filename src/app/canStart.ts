import { type CommandName, isOffered, isResting } from '../protocol/phases.ts';
import type { WorkbenchState } from './state.ts';

/** Whether the page offers a command now. */
export function canStart(command: CommandName): (state: WorkbenchState) => boolean {
  return ({ phase }) => isOffered(command, phase);
}

export { isResting };

/** Whether the worker has its hands free. */
export function isAtRest({ phase }: WorkbenchState): boolean {
  return isResting(phase);
}
