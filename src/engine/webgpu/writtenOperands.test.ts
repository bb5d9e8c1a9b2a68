import { describe, expect, it } from 'vitest';
import { declareBindings } from './wgsl.ts';
import { writtenOperands } from './writtenOperands.ts';

describe('the operands that a shader writes', () => {
  it('are those that it declares so, by the name that the operation gives them', () => {
    const wgsl = declareBindings([
      { name: 'x', access: 'read', type: 'array<f32>' },
      { name: 'result', access: 'read_write', type: 'array<vec4f>' },
      { name: 'step', access: 'uniform', type: 'Step' },
      { name: 'sums', access: 'read_write', type: 'array<atomic<u32>>' },
    ]);
    const shader = { label: '', wgsl, operands: ['a', 'c', 'step', 'partial'] };
    expect(writtenOperands({ ...shader, workgroups: [1, 1, 1] })).toEqual(['c', 'partial']);
  });
});
