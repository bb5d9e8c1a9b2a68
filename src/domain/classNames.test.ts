import { describe, expect, it } from 'vitest';
import { checkedClassNames } from './classNames.ts';

describe('names that a user gives to classes', () => {
  it('are trimmed, and a class without one keeps its number', () => {
    expect(checkedClassNames([' shirt ', '', 'bag'], 4)).toEqual(['shirt', '1', 'bag', '3']);
  });

  it('are refused where two classes would be called the same', () => {
    expect(() => checkedClassNames(['bag', 'bag'], 2)).toThrow(/bag/);
    expect(() => checkedClassNames(['1', ''], 2)).toThrow(/1/);
  });

  it('are refused where there are more of them than classes', () => {
    expect(() => checkedClassNames(['a', 'b', 'c'], 2)).toThrow(/3 names.* 2 classes/);
  });
});
