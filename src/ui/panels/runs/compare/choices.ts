/** A run among the compared ones, and the place that gives it its colour. */
export interface Choice {
  readonly id: string;
  readonly place: number;
}

/** The run too, at the first free place: no other run changes its colour. */
export function withRun(choices: readonly Choice[], id: string): readonly Choice[] {
  if (choices.some((choice) => choice.id === id)) return choices;
  const taken = new Set(choices.map(({ place }) => place));
  let place = 0;
  while (taken.has(place)) place++;
  return [...choices, { id, place }];
}

export function withoutRun(choices: readonly Choice[], id: string): readonly Choice[] {
  return choices.filter((choice) => choice.id !== id);
}
