import { describe, expect, it } from 'vitest';
import {
  normalizations,
  trainableArchitectures,
} from '../../../../domain/architecture/architecture.ts';
import { switches } from '../../../../domain/augment/strengths.ts';
import { initializers, scalingKinds, scheduleKinds } from '../../../../domain/recipe/recipe.ts';
import { compareTexts } from './texts.ts';

describe('the words of a recipe', () => {
  it('has one for every word that a control can be', () => {
    const words = [
      ...[trainableArchitectures, normalizations, switches, initializers, scalingKinds],
      scheduleKinds,
    ].flat();
    for (const word of words) expect(compareTexts.en).toHaveProperty([`value.${word}`]);
  });
});
