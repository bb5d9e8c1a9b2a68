import '../lib/requireNode.mjs';
import { readOptions } from '../lib/options.mjs';
import { runCommand } from '../lib/say.mjs';
import { evaluate, importDataset, importWeights, loadDataset } from './lib/commands.mjs';
import { findDataFiles } from './lib/dataFiles.mjs';
import { choices, readChoice, readWeightsPath } from './lib/options.mjs';
import { createReport } from './lib/report.mjs';
import { withWorkbench } from './lib/session.mjs';
import { readTransform } from './lib/transform.mjs';

const usage = `Usage: npm run evaluate -- --weights FILE [options]

Evaluates trained weights on the test images.

  --weights FILE  as exported by the app or by "npm run train"
  --data FILE...  a data set to use in the place of MNIST: IDX, CSV, NumPy, CIFAR or zip files,
                  or a folder of IDX files
  --tta           averages over several views of each image too, and reports both
  --transform T   looks at every image turned, scaled or moved: rotate=15, scale=0.85 or shift=3,0;
                  may be given several times
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const { values, positionals } = readOptions({
    allowPositionals: true,
    options: {
      weights: { type: 'string' },
      data: { type: 'string' },
      tta: { type: 'boolean', default: false },
      transform: { type: 'string', multiple: true, default: [] },
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
  const view = readTransform(values.transform ?? []);
  const report = createReport(values.json);
  return withWorkbench(engine ? { engine } : {}, report, async (page) => {
    if (values.data === undefined) await loadDataset(page);
    else await importDataset(page, await findDataFiles([values.data, ...positionals]));
    await importWeights(page, weights);
    await evaluate(page, report, { tta: values.tta ?? false, ...(view && { view }) });
  });
}, usage);
