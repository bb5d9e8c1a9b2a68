import { isTold } from '../../app/failures.ts';

/** For commands given by a click: a refusal already stands among the notices. */
export function ignoreRefusal(command: Promise<unknown>): void {
  command.catch((failure) => {
    // Nobody knows of it yet; uncaught, it is told.
    if (!isTold(failure)) throw failure;
  });
}
