const MAX_QUOTED = 100;

/** As much of a text from outside as a sentence can quote. */
export function quoted(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}
