import type { KeptKind } from '../../domain/runs/unreadable.ts';
import type { ZipContent } from '../../formats/archives/zip.ts';
import { MAX_ZIP_BYTES, ZipWriter } from '../../formats/archives/zipWriter.ts';
import { rawJson } from '../../formats/text/rawJson.ts';
import type { ExportedArchive } from '../../protocol/protocol.ts';
import type { RawRecord } from '../../storage/rawRecords.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** Writes what cannot be read as it lies there: records as JSON, chunks of weights and images as they are. */
export async function exportUnreadable(
  kind: KeptKind,
  id: string,
  records: AsyncIterable<RawRecord>,
): Promise<ExportedArchive> {
  const zip = new ZipWriter();
  let written = 0;
  for await (const { name, value } of records) {
    const file = fileOf(name, value);
    written += file.bytes.length;
    if (written > MAX_ZIP_BYTES) {
      throw new WorkbenchError('runs.tooLarge', { limitMB: Math.floor(MAX_ZIP_BYTES / 1e6) });
    }
    zip.add(file);
  }
  const known = id.replace(/[^\w-]+/g, '-').slice(0, 36);
  return { name: `alexnet-workbench-unreadable-${kind}-${known}.zip`, blob: zip.finish() };
}

function fileOf(name: string, value: unknown): ZipContent {
  if (value instanceof ArrayBuffer) {
    return { name: `${name}.bin`, bytes: new Uint8Array(value), deflate: false };
  }
  return { name: `${name}.json`, bytes: new TextEncoder().encode(rawJson(value)), deflate: true };
}
