const GENERAL_WORDS =
  /^(train|training|test|t10k|images?|labels?|idx3?|ubyte|gz|bin|csv|npz|npy|zip|x|y|\(\d+\)|)$/i;

/**
 * What the name of a file, or of the archive that holds it, says beside the words that all such files
 * have: `emnist-letters`, for one.
 */
export function datasetName(file: string, otherwise: string): string {
  const archive = /([^/\\]+[.](zip|npz))[/\\]/i.exec(file)?.[1];
  const words = (archive ?? file.replace(/^.*[/\\]/, ''))
    .split(/[-_. ]+/)
    .filter((word) => !GENERAL_WORDS.test(word));
  return words.join('-') || otherwise;
}
