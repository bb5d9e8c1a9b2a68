/** What both React's events and the browser's own say of a key. */
interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly keyCode: number;
  readonly isComposing?: boolean;
  readonly nativeEvent?: { readonly isComposing: boolean };
}

/** Of a key that belongs to the composing of a character; Safari says it in no other way. */
const COMPOSING_CODE = 229;

/**
 * The name of a key that was pressed to command something: `Escape`, `ArrowUp`, `7`, `Mod+z`,
 * `Mod+Shift+z`. `Mod` is Control, on a Mac Command too. Undefined while a character is being composed,
 * as Chinese and Japanese are: such a key is for the input method alone. No handler asks an event for
 * its key in another way.
 */
export function keyName(event: KeyPress): string | undefined {
  const isComposing = event.isComposing ?? event.nativeEvent?.isComposing ?? false;
  if (isComposing || event.keyCode === COMPOSING_CODE) return undefined;
  const hasMod = event.ctrlKey || event.metaKey;
  if (!hasMod && !event.altKey) return event.key;
  const held = [hasMod && 'Mod', event.altKey && 'Alt', event.shiftKey && 'Shift'];
  return [...held.filter((name) => name !== false), event.key.toLowerCase()].join('+');
}
