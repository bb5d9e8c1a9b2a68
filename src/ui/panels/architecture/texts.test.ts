import { expect, it } from 'vitest';
import { trainableArchitectures } from '../../../domain/architecture/architecture.ts';
import { architectureTexts } from './texts.ts';

it.each(Object.entries(architectureTexts))('every network has its sentence in %s', (_, texts) => {
  for (const id of trainableArchitectures) expect(Object.keys(texts)).toContain(`about.${id}`);
});
