import type { Effect } from './effect.ts';

/** A tab in which a run trains is not closed in error: the browser asks first. */
export const askBeforeLeaving: Effect = {
  name: 'effect.leaving',
  begin({ store, onEvent }) {
    onEvent(window, 'beforeunload', (event) => {
      if (store.getState().phase === 'training') event.preventDefault();
    });
  },
};
