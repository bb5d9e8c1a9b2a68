import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seedRecipe } from '../domain/recipe/recipe.ts';
import { commandNames, isAllowed, isResting } from '../protocol/phases.ts';
import { type Phase, phases } from '../protocol/protocol.ts';
import { canStart, isAtRest } from './canStart.ts';
import { createWorkbenchStore } from './store.ts';

const stateIn = (phase: Phase) => ({
  ...createWorkbenchStore(seedRecipe, 'auto').getState(),
  phase,
});

describe('the page', () => {
  it.each(phases)(
    'offers in the phase %s what a worker takes, and the way out of a failure',
    (phase) => {
      for (const command of commandNames) {
        const offered = canStart(command)(stateIn(phase));
        const isWayOut = phase === 'failed' && command === 'selectEngine';
        expect(offered, command).toBe(isWayOut || isAllowed(command, phase));
      }
    },
  );

  it('knows when the worker has its hands free', () => {
    expect(phases.filter((phase) => isAtRest(stateIn(phase)))).toEqual(phases.filter(isResting));
  });

  it('asks the table alone, here and in the worker', () => {
    const src = fileURLToPath(new URL('..', import.meta.url));
    const askers = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|testing/.test(name))
      .filter((name) => /phase [!=]== 'idle'/.test(readFileSync(join(src, name), 'utf8')));
    expect(askers).toEqual([]);
  });
});
