/** Inputs that are no fields of text. */
const OTHER_INPUTS: ReadonlySet<string> = new Set([
  ...[
    'button',
    'checkbox',
    'color',
    'file',
    'hidden',
    'image',
    'radio',
    'range',
    'reset',
    'submit',
  ],
]);

/** Whether one types there: where text can be pasted. */
export function typesAt(place: EventTarget | null): boolean {
  if (place instanceof HTMLInputElement) {
    return !OTHER_INPUTS.has(place.type) && !place.readOnly && !place.disabled;
  }
  if (place instanceof HTMLTextAreaElement) return !place.readOnly && !place.disabled;
  return place instanceof HTMLElement && place.isContentEditable;
}
