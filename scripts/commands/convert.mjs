import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { requireFile } from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { convertFormats, withConvert } from '../convert/withConvert.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run convert -- --from FILE --to FORMAT [--out DIR]

Turns a model file into one of another kind, without a page: those that the app and "npm run train" save,
and of other programs ONNX files, layers models of TensorFlow.js (zip) and PyTorch state dicts.

  --from FILE   a model, as docs/files.md has them
  --to FORMAT   ${convertFormats.join(', ')};
                embed is a folder that reads pictures in a page of your own
  --out DIR     where it is saved (out)
  --json        one JSON object a line`;

await runCommand(async () => {
  const args = readCommand({
    usage,
    options: {
      ...{ from: { type: 'string' }, to: { type: 'string' }, out: { type: 'string' } },
      json: { type: 'boolean' },
    },
  });
  if (!args) return 0;
  const { from, to, out = 'out' } = args.values;
  if (from === undefined) throw new UsageError('--from FILE is missing.');
  const format = convertFormats.find((one) => one === to);
  if (!format) throw new UsageError(`--to takes ${convertFormats.join(', ')}.`);
  await requireFile(from);
  const report = createReport(args.flags.has('json'));
  await ensurePackages({ dev: false });
  return withConvert(async (convert) => {
    try {
      const { name, bytes } = await convert(basename(from), await readFile(from), format);
      await mkdir(out, { recursive: true });
      const path = join(out, basename(name));
      await writeFile(path, bytes);
      report({ event: 'saved', path });
      return 0;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      report({ event: 'error', name, message });
      return 1;
    }
  });
}, usage);
