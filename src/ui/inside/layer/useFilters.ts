import { useMemo } from 'react';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { Workbench } from '../../../app/workbench.ts';
import type { LayerReport } from '../../../domain/architecture/shapes.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { useLooking } from '../useLooking.ts';

/** More are not sent from one thread to another twice a second. */
const MOST_LIVE = 1_000_000;

export const isLarge = (report: LayerReport | undefined): boolean =>
  (report?.parameters ?? 0) > MOST_LIVE;

/** The weights of a layer, as they are now; of a large one while nothing trains. */
export function useFilters(
  report: LayerReport | undefined,
  isOnScreen: boolean,
): LayerFilters | undefined {
  const isTraining = useWorkbenchState(({ phase }) => phase === 'training');
  const name = report?.layer.name;
  const question = useMemo(() => {
    if (name === undefined || !isOnScreen || (isLarge(report) && isTraining)) return undefined;
    return (workbench: Workbench) => workbench.filters(name);
  }, [name, isOnScreen, report, isTraining]);
  const filters = useLooking(question);
  // What was asked of another layer stays until the answer.
  return filters?.layer === name ? filters : undefined;
}
