/** Of a run's name, in UTF-16 units, wherever it comes from: the form, a script, or a file. */
export const LONGEST_RUN_NAME = 200;

/**
 * A name that is never too long: what is added stands whole at its end, and what it is added to is
 * cut where there is no room for both.
 */
export function runNameOf(name: string, addition = ''): string {
  const room = LONGEST_RUN_NAME - addition.length;
  if (name.length <= room) return name + addition;
  const halfCharacter = /[\uD800-\uDBFF]$/;
  return `${name.slice(0, room - 1).replace(halfCharacter, '')}…${addition}`;
}
