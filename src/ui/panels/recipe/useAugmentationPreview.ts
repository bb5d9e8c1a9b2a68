import { useEffect, useState } from 'react';
import { isAtRest } from '../../../app/canStart.ts';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { isAugmented } from '../../../domain/augment/strengths.ts';

type Preview = Awaited<ReturnType<ReturnType<typeof useWorkbench>['previewAugmentation']>>;

const DEBOUNCE_MS = 200;

/** Where there is nothing to see, and why; else the newest preview, once one has come. */
export type PreviewState =
  | { readonly nothing: 'noVariation' | 'noImages' }
  | { readonly nothing?: undefined; readonly preview: Preview };

/**
 * Follows the recipe while it is wanted, some time after the last change. What is on show stays while
 * the worker trains or is otherwise busy.
 */
export function useAugmentationPreview(isWanted: boolean): PreviewState {
  const workbench = useWorkbench();
  const recipe = useWorkbenchState((state) => state.recipe);
  const engine = useWorkbenchState((state) => state.engine?.name);
  const summary = useWorkbenchState(({ dataset }) =>
    dataset.status === 'ready' ? dataset.summary : undefined,
  );
  const isFree = useWorkbenchState(isAtRest);
  const [shown, setShown] = useState<{ preview: Preview; of: unknown }>();
  const isVaried = isAugmented(recipe);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another recipe or engine shows others.
  useEffect(() => {
    if (!isWanted || !isVaried || !isFree || !summary) return;
    let isNewest = true;
    const show = (preview: Preview) => {
      if (isNewest && preview) setShown({ preview, of: summary });
    };
    // A refusal already stands among the notices.
    const ask = () => workbench.previewAugmentation().then(show, () => undefined);
    const timer = setTimeout(ask, DEBOUNCE_MS);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [workbench, recipe, engine, summary, isWanted, isVaried, isFree]);

  if (!isVaried) return { nothing: 'noVariation' };
  if (!summary) return { nothing: 'noImages' };
  return { preview: shown?.of === summary ? shown?.preview : undefined };
}
