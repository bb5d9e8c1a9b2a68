import { importDataset, importWeights, predict, saveSubmission } from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import {
  choices,
  commonOptions,
  readChoice,
  readWeightsPath,
  requireFile,
} from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, SetupError, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run predict -- --weights FILE [options] IMAGE...
       npm run predict -- --weights FILE --data FILE... --out submission.csv

Says which class each picture (PNG, JPEG or whatever else a browser shows) is of, or every image of a
data set: those without labels, such as Kaggle's test.csv, or its test images.

  --weights FILE  as exported by the app or by "npm run train"
  --data FILE...  a data set: IDX, CSV, NumPy or CIFAR files, pictures, zip or tar files, or a folder
                  of any of these
  --out FILE      where its predictions are saved (submission.csv)
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const args = readCommand({
    usage,
    options: { ...commonOptions, weights: { type: 'string' }, out: { type: 'string' } },
    words: 'IMAGE',
  });
  if (!args) return 0;
  const { values, lists, flags, words: images } = args;
  const weights = await readWeightsPath(values.weights);
  const engine = readChoice('engine', values.engine);
  const write = createReport(flags.has('json'));
  if (lists.data) {
    if (images.length > 0) throw new UsageError(`${images[0]} is a picture beside a data set.`);
    const data = await findDataFiles(lists.data);
    return withWorkbench(engine ? { engine } : {}, write, async (page, report) => {
      await importDataset(page, data);
      await importWeights(page, weights);
      report({ event: 'saved', path: await saveSubmission(page, values.out ?? 'submission.csv') });
    });
  }
  if (values.out !== undefined) throw new UsageError('--out goes with --data.');
  if (images.length === 0) throw new UsageError('There is no picture to read.');
  for (const image of images) await requireFile(image);
  return withWorkbench(engine ? { engine } : {}, write, async (page, report, tell) => {
    await importWeights(page, weights);
    for (const file of images) {
      try {
        const { blank, ...prediction } = await predict(page, file);
        if (blank) throw new SetupError(`${file} holds nothing to read.`);
        report({ event: 'prediction', file, ...prediction });
      } catch (error) {
        tell(error);
      }
    }
  });
}, usage);
