import { describe, expect, it } from 'vitest';
import { agreementOf, agreementText } from './agreement.mjs';

const seen = (/** @type {Record<string, number[]>} */ losses) =>
  Object.entries(losses).map(([id, own]) => ({ id, losses: own }));

describe('the agreement of contestants', () => {
  it('tells how far first losses and their changes lie apart', () => {
    const agreement = agreementOf(seen({ ours: [2, 4], torch: [2.00001, 4.00041] }));
    expect(agreement.contestants).toBe(2);
    expect(agreement.apart).toBeCloseTo(5e-6, 7);
    expect(agreement.apartAfterAStep).toBeCloseTo(2e-4, 6);
    expect(agreementText(agreement)).toContain(
      'agree to 5e-6, what one step of Adam changes them by to 2e-4',
    );
  });

  it.each([
    ['a first loss is another', { ours: [2, 4], torch: [2.0001, 4] }],
    ['a second loss is another, so a gradient', { ours: [2, 4], torch: [2, 4.01] }],
    ['a loss is no number', { ours: [2, 4], torch: [Number.NaN, 4] }],
  ])('refuses where %s', (_, losses) => {
    expect(() => agreementOf(seen(losses))).toThrow(/torch/);
  });

  it('says where there is nobody to agree with', () => {
    expect(agreementText(agreementOf(seen({ ours: [2, 4] })))).toContain('nothing to agree with');
  });
});
