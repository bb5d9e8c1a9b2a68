import type { OpeningMarks } from '../openingMarks.ts';
import type { Effect } from './effect.ts';

/** Notes what is being opened, so that a page that dies of it does not die of it again. */
export const markOpenings = (marks: OpeningMarks): Effect => ({
  name: 'effect.opening',
  begin({ onChange, onEvent }) {
    onChange(
      ({ opening }) => opening,
      (opening, before) => {
        if (opening) marks.begin(opening);
        else marks.end();
        if (!opening && before) marks.forgive(before.id);
      },
    );
    // Whoever leaves has not died of it.
    onEvent(window, 'pagehide', () => marks.end());
  },
});
