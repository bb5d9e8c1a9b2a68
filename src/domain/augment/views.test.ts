import { describe, expect, it } from 'vitest';
import { plainView } from './fixedView.ts';
import { robustnessRows, robustnessTests } from './robustness.ts';
import { viewsOf } from './views.ts';

describe('the views of test-time augmentation', () => {
  it('are a digit and its four neighbours, whatever the recipe mirrors', () => {
    const shifts = viewsOf({ channels: 1 }, 'on').map(({ shift }) => shift);
    expect(shifts).toEqual([
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]);
    expect(viewsOf({ channels: 1 }, 'on').some(({ mirror }) => mirror)).toBe(false);
  });

  it('are ten crops of a colour image, five where nothing is mirrored', () => {
    const ten = viewsOf({ channels: 3 }, 'on');
    expect(ten).toHaveLength(10);
    expect(ten.filter(({ mirror }) => mirror)).toHaveLength(5);
    expect(new Set(ten.map((view) => JSON.stringify(view))).size).toBe(10);
    expect(viewsOf({ channels: 3 }, 'off')).toEqual(ten.slice(0, 5));
  });

  it('begin with the image as it is', () => {
    expect(viewsOf({ channels: 1 }, 'off')[0]).toEqual(plainView);
    expect(viewsOf({ channels: 3 }, 'on')[0]).toEqual(plainView);
  });
});

describe('the robustness table', () => {
  it('averages the views of a test and says what the test costs', () => {
    const rows = robustnessRows([
      { test: 'plain', accuracy: 0.9 },
      { test: 'rotated', accuracy: 0.8 },
      { test: 'rotated', accuracy: 0.7 },
    ]);
    expect(rows.map(({ test }) => test)).toEqual(['plain', 'rotated']);
    expect(rows[0]?.cost).toBe(0);
    expect(rows[1]?.accuracy).toBeCloseTo(0.75);
    expect(rows[1]?.cost).toBeCloseTo(0.15);
  });

  it('turns both ways and moves to all four sides', () => {
    expect(robustnessTests.rotated.map(({ rotate }) => rotate)).toEqual([15, -15]);
    const [x, y] = [0, 1].map((axis) =>
      robustnessTests.shifted.reduce((sum, { shift }) => sum + (shift[axis] ?? 0), 0),
    );
    expect([x, y]).toEqual([0, 0]);
    expect(robustnessTests.shifted).toHaveLength(4);
  });
});
