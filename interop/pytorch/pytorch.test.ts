import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../bench/hosts/python.mjs';
import { openZip } from '../../src/formats/archives/zip.ts';
import { writePytorch } from '../../src/formats/pytorch/writePytorch.ts';
import { importModel } from '../../src/formats/weights/importModel.ts';
import { agreement } from '../lib/agreement.ts';
import { modelCalled, modelNames, ownLogits, testImages } from '../lib/models.ts';

const IMAGES = 1000;
const python = await findPython();
const noPython = 'no Python here has PyTorch; set PYTHON to one that has it';

let folder: string;
let images: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workbench-torch-'));
  images = await testImages(IMAGES);
  await writeFile(join(folder, 'images'), images);
});
afterAll(() => rm(folder, { recursive: true }));

function run(program: string, ...args: string[]): void {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { status, stderr } = spawnSync(python ?? '', ['-B', path, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}

async function floatsIn(path: string): Promise<Float32Array> {
  return new Float32Array(new Uint8Array(await readFile(path)).buffer);
}

describe('PyTorch', () => {
  it.for(modelNames)(
    'reads a thousand raw images as the workbench does: %s',
    async (name, { skip }) => {
      if (!python) skip(noPython);
      const model = modelCalled(name);
      const zip = openZip('model.zip', writePytorch(model));
      for (const entry of zip.names) await writeFile(join(folder, entry), zip.read(entry, 1e9));
      const logits = join(folder, 'logits');
      run('read.py', folder, join(folder, 'images'), '28', '28', '1', logits);
      const own = await ownLogits(model, images);
      const { relativeDifference, otherLabels } = agreement(own, await floatsIn(logits), 10);
      expect(relativeDifference).toBeLessThan(1e-3);
      expect(otherLabels).toBe(0);
    },
  );

  it.for(['F32', 'F16', 'BF16', 'F64'])(
    "has its own network's state dict read here as it reads it, in %s",
    async (type, { skip }) => {
      if (!python) skip(noPython);
      const [weights, logits] = [join(folder, 'theirs.safetensors'), join(folder, 'theirs')];
      run('make.py', join(folder, 'images'), weights, logits, type);
      const model = await importModel('theirs.safetensors', await readFile(weights));
      const own = await ownLogits(model, images);
      const { relativeDifference, otherLabels } = agreement(own, await floatsIn(logits), 10);
      expect(relativeDifference).toBeLessThan(1e-3);
      expect(otherLabels).toBe(0);
    },
  );
});
