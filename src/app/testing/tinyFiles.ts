import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { tinyImages } from '../../training/testing/tinyRun.ts';

/** A small data set, as one drops its files on the page. */
export function tinyFiles(): File[] {
  const { count, shape, pixels, labels } = tinyImages(60);
  const files = {
    'train-images-idx3-ubyte': encodeIdx([count, shape.height, shape.width], pixels),
    'train-labels-idx1-ubyte': encodeIdx([count], labels),
  };
  return Object.entries(files).map(
    ([name, bytes]) => new File([bytes as Uint8Array<ArrayBuffer>], name),
  );
}
