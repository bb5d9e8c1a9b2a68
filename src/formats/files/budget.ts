import { MAX_PIXEL_BYTES, MOST_SET_FILES } from '../../domain/data/dataset.ts';
import { type Refuse, refusalOf } from '../refusal.ts';

/** A set in parts, each in a zip file of its own, is some tens. */
export const MOST_ARCHIVES = 64;
/** Of text there may be four bytes for one of pixels: three digits and a comma. */
export const MOST_UNPACKED_BYTES = 4 * MAX_PIXEL_BYTES;
/** Archives are held in memory until all is read, packed as they are, or unpacked from another. */
export const MOST_ARCHIVE_BYTES = MAX_PIXEL_BYTES;

/**
 * What the files of one gesture may cost together, whether they were chosen, dropped, pasted or fetched:
 * handed down through every reader, so that nothing is had again by putting it into another archive.
 */
export class Budget {
  private entries = 0;
  private archives = 0;
  private archiveBytes = 0;
  private unpackedBytes = 0;

  /** @param file what a refusal names */
  takeArchive(file: string, bytes: number): void {
    // It was counted as a file: what it holds is counted instead.
    this.entries--;
    this.archives++;
    const refuse = refuseSet(file);
    if (this.archives > MOST_ARCHIVES) throw refuse('budget.archives', { most: MOST_ARCHIVES });
    this.takeArchiveBytes(file, bytes);
  }

  /** Of an archive that turned out longer than it said. */
  takeArchiveBytes(file: string, bytes: number): void {
    this.archiveBytes += bytes;
    const refuse = refuseSet(file);
    if (this.archiveBytes > MOST_ARCHIVE_BYTES) {
      throw refuse('budget.archiveBytes', { bytes: this.archiveBytes, most: MOST_ARCHIVE_BYTES });
    }
  }

  /** Loose ones too, which unpack to nothing. */
  takeEntries(file: string, count: number, unpackedBytes: number): void {
    this.entries += count;
    this.unpackedBytes += unpackedBytes;
    const refuse = refuseSet(file);
    if (this.entries > MOST_SET_FILES) throw refuse('budget.entries', { most: MOST_SET_FILES });
    if (this.unpackedBytes > MOST_UNPACKED_BYTES) {
      const [bytes, most] = [this.unpackedBytes, MOST_UNPACKED_BYTES];
      throw refuse('budget.unpacked', { bytes, most });
    }
  }
}

function refuseSet(file: string): Refuse {
  return refusalOf('dataset.budget', file);
}
