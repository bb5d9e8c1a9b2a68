const GENERAL_WORDS =
  /^(train|training|test|t10k|images?|labels?|idx3?|ubyte|gz|bin|csv|npz|npy|zip|x|y|\(\d+\)|)$/i;

/**
 * What the name of a file, or of the archive that holds it, says beside the words that all such files
 * have: `emnist-letters`, for one.
 */
export function datasetName(file: string, otherwise: string): string {
  const parts = file.split(/[/\\]/);
  const archive = parts.slice(0, -1).find((part) => /.[.](zip|npz)$/i.test(part));
  const words = (archive ?? parts.at(-1) ?? '')
    .split(/[-_. ]+/)
    .filter((word) => !GENERAL_WORDS.test(word));
  return words.join('-') || otherwise;
}
