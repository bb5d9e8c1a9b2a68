/** For commands given by a click: a refusal already stands among the notices. */
export function ignoreRefusal(command: Promise<unknown>): void {
  command.catch(() => undefined);
}
