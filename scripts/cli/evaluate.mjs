import '../lib/requireNode.mjs';
import { readOptions } from '../lib/options.mjs';
import { runCommand } from '../lib/say.mjs';
import { evaluate, importDataset, importWeights, loadDataset } from './lib/commands.mjs';
import { findIdxFiles } from './lib/idxFiles.mjs';
import { choices, readChoice, readWeightsPath } from './lib/options.mjs';
import { createReport } from './lib/report.mjs';
import { withWorkbench } from './lib/session.mjs';

const usage = `Usage: npm run evaluate -- --weights FILE [options]

Evaluates trained weights on the test images.

  --weights FILE  as exported by the app or by "npm run train"
  --data DIR      a folder of IDX files to use in the place of MNIST
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const { values } = readOptions({
    options: {
      weights: { type: 'string' },
      data: { type: 'string' },
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
  const report = createReport(values.json);
  return withWorkbench(engine ? { engine } : {}, report, async (page) => {
    if (values.data === undefined) await loadDataset(page);
    else await importDataset(page, await findIdxFiles(values.data));
    await importWeights(page, weights);
    await evaluate(page, report);
  });
}, usage);
