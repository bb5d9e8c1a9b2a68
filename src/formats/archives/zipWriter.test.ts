import { describe, expect, it } from 'vitest';
import { openZip } from './zip.ts';
import { ZipWriter } from './zipWriter.ts';

describe('a zip file written entry by entry', () => {
  it('holds every entry to the bit', async () => {
    const weights = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
    const curve = new TextEncoder().encode('step,loss\n1,2.3\n'.repeat(500));
    const writer = new ZipWriter();
    writer.add({ name: 'a/weights.safetensors', bytes: weights, deflate: false });
    writer.add({ name: 'a/history.csv', bytes: curve, deflate: true });

    const bytes = new Uint8Array(await writer.finish().arrayBuffer());

    const zip = openZip('runs.zip', bytes);
    expect(zip.names).toEqual(['a/weights.safetensors', 'a/history.csv']);
    expect(zip.read('a/weights.safetensors', 1e6)).toEqual(weights);
    expect(zip.read('a/history.csv', 1e6)).toEqual(curve);
    expect(bytes.length).toBeLessThan(weights.length + curve.length);
  });
});
