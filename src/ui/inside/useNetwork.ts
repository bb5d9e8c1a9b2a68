import { useMemo } from 'react';
import { useWorkbenchState } from '../../app/useStore.ts';
import type { Architecture } from '../../domain/architecture/architecture.ts';
import { describeNetwork, type NetworkReport } from '../../domain/architecture/shapes.ts';
import { type Block, blocksOf, towersOf } from '../../domain/figure/blocks.ts';
import { shownNetwork } from '../panels/architecture/selectors.ts';

export interface ShownBlocks {
  readonly architecture: Architecture;
  readonly report: NetworkReport;
  readonly blocks: readonly Block[];
  readonly towers: 1 | 2;
}

/** The network in memory; without one, that which Train would make. */
export function useNetwork(): ShownBlocks {
  const recipe = useWorkbenchState((state) => state.recipe);
  const run = useWorkbenchState((state) => state.run?.record);
  const dataset = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
  return useMemo(() => {
    const { architecture } = shownNetwork('own', { run, recipe, dataset });
    const report = describeNetwork(architecture);
    return { architecture, report, blocks: blocksOf(report), towers: towersOf(report) };
  }, [run, recipe, dataset]);
}
