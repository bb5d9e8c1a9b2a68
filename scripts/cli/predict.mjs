import '../lib/requireNode.mjs';
import { readOptions } from '../lib/options.mjs';
import { runCommand, SetupError, UsageError } from '../lib/say.mjs';
import { importDataset, importWeights, predict, saveSubmission } from './lib/commands.mjs';
import { findDataFiles } from './lib/dataFiles.mjs';
import { choices, readChoice, readWeightsPath, requireFile } from './lib/options.mjs';
import { createReport } from './lib/report.mjs';
import { withWorkbench } from './lib/session.mjs';

const usage = `Usage: npm run predict -- --weights FILE [options] IMAGE...
       npm run predict -- --weights FILE --data FILE... --out submission.csv

Reads the digit on each picture (PNG, JPEG or whatever else a browser shows), or every image of a data
set: those without labels, such as Kaggle's test.csv, or its test images.

  --weights FILE  as exported by the app or by "npm run train"
  --data FILE...  a data set: IDX, CSV, NumPy, CIFAR or zip files, or a folder of IDX files
  --out FILE      where its predictions are saved (submission.csv)
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const { values, positionals: images } = readOptions({
    allowPositionals: true,
    options: {
      weights: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string', default: 'submission.csv' },
      engine: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const weights = await readWeightsPath(values.weights);
  const engine = readChoice('engine', values.engine);
  if (values.data !== undefined) {
    const data = await findDataFiles([values.data, ...images]);
    const report = createReport(values.json);
    return withWorkbench(engine ? { engine } : {}, report, async (page) => {
      await importDataset(page, data);
      await importWeights(page, weights);
      report({ event: 'saved', path: await saveSubmission(page, values.out) });
    });
  }
  if (images.length === 0) throw new UsageError('There is no picture to read.');
  for (const image of images) await requireFile(image);

  const report = createReport(values.json);
  return withWorkbench(engine ? { engine } : {}, report, async (page, tell) => {
    await importWeights(page, weights);
    for (const file of images) {
      try {
        const { blank, label, probabilities } = await predict(page, file);
        if (blank) throw new SetupError(`${file} holds nothing to read.`);
        report({ event: 'prediction', file, label, probabilities });
      } catch (error) {
        tell(error);
      }
    }
  });
}, usage);
