import type { Abilities } from '../../../domain/architecture/abilities.ts';
import { assert } from '../../../util/assert.ts';
import type { Plan } from '../plan.ts';
import { foldFinishes } from './foldFinishes.ts';
import { inPlace } from './inPlace.ts';
import { masksIntoGates } from './masksIntoGates.ts';
import { plainOperands } from './plainOperands.ts';
import { withoutUnused } from './withoutUnused.ts';
import { withoutViews } from './withoutViews.ts';

/** All passes: from the mathematics to what an engine of these abilities can run as it stands. */
export function forEngine(plan: Plan, abilities: Abilities): Plan {
  let result = masksIntoGates(withoutUnused(withoutViews(plan)));
  result = foldFinishes(result, abilities);
  if (abilities.wantsPlainOperands) result = plainOperands(result);
  if (abilities.worksInPlace) result = inPlace(result);
  const lacking = whatIsLacking(result, abilities);
  assert(lacking.length === 0, `the engine has ${lacking.join(', ')}`);
  return result;
}

/** Kinds of operations that a plan needs and the engine has not. */
export function whatIsLacking({ operations }: Plan, { kinds }: Abilities): string[] {
  return [...new Set(operations.map(({ kind }) => kind))].filter((kind) => !kinds.has(kind));
}
