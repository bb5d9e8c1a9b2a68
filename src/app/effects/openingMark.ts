import type { OpeningMarks } from '../openingMarks.ts';
import type { Effect } from './effect.ts';

/** Notes what is being opened, and what was died of, so that no page dies of it again. */
export const markOpenings = (marks: OpeningMarks): Effect => ({
  name: 'effect.opening',
  begin({ onChange, onEvent }) {
    onChange(
      ({ opening }) => opening,
      (opening) => {
        if (opening) marks.begin(opening);
        else marks.end();
      },
    );
    onChange(
      ({ passedOver }) => passedOver,
      (ids) => marks.passOver(ids),
    );
    // Whoever leaves has not died of it.
    onEvent(window, 'pagehide', () => marks.end());
  },
});
