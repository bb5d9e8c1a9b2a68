import { ownWidth } from '../ownWidth.ts';
import type { Effect } from './effect.ts';
import { followed } from './followedAddress.ts';

/** Browsers allow a hundred changes in 30 seconds; an arrow key that is held makes thirty a second. */
const REST_MS = 300;

/** Calls back with each language that the user chooses; gives the way to end that. */
export type ChosenLanguages = (react: (language: string) => void) => () => void;

/**
 * Keeps the address one that opens the page as it is: a link to hand on. This is its only writer.
 */
export const keepAddress = (languages: ChosenLanguages): Effect => ({
  name: 'effect.address',
  begin({ store, onChange, onEvent, rested, listen }) {
    const widthIsNamed = new URLSearchParams(location.search).has('width');
    let hasChanged = false;
    let isOpened = false;
    let language: string | undefined;

    const write = rested(REST_MS, () => {
      const address = new URL(location.href);
      const { recipe, engine, engineChoice } = store.getState();
      const width = engine && !widthIsNamed ? ownWidth(engine, recipe.preset) : undefined;
      if (hasChanged) address.search = followed(address.search, recipe, engineChoice, width);
      if (language !== undefined) address.searchParams.set('lang', language);
      // What was wanted once would be wanted at each reload.
      if (isOpened && address.searchParams.has('train')) address.searchParams.delete('train');
      if (address.href !== location.href) history.replaceState(history.state, '', address);
    });
    // A reload reads the address.
    onEvent(window, 'pagehide', write.flush);
    const follow = () => {
      hasChanged = true;
      write();
    };
    onChange(({ recipe }) => recipe, follow);
    onChange(({ engineChoice }) => engineChoice, follow);
    onChange(
      ({ phase }) => phase,
      (phase) => {
        if (isOpened || phase === 'starting' || phase === 'failed') return;
        isOpened = true;
        write();
      },
    );
    listen(() =>
      languages((chosen) => {
        language = chosen;
        write();
      }),
    );
  },
});
