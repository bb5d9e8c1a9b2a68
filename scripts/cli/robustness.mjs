import '../lib/requireNode.mjs';
import { readOptions } from '../lib/options.mjs';
import { runCommand } from '../lib/say.mjs';
import { importDataset, importWeights, loadDataset, robustness } from './lib/commands.mjs';
import { findDataFiles } from './lib/dataFiles.mjs';
import { choices, readChoice, readWeightsPath } from './lib/options.mjs';
import { createReport } from './lib/report.mjs';
import { withWorkbench } from './lib/session.mjs';

const usage = `Usage: npm run robustness -- --weights FILE [--weights FILE...] [options]

Says what it costs trained weights when the test images are turned by 15 degrees, made smaller by 0.85,
or moved by 3 pixels: the mean accuracy of each test, and the points that it loses.

  --weights FILE  as exported by the app or by "npm run train"; several are compared
  --data FILE...  a data set to use in the place of MNIST
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const { values, positionals } = readOptions({
    allowPositionals: true,
    options: {
      weights: { type: 'string', multiple: true },
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
  const paths = await Promise.all((values.weights ?? [undefined]).map(readWeightsPath));
  const engine = readChoice('engine', values.engine);
  const data = values.data && (await findDataFiles([values.data, ...positionals]));
  const report = createReport(values.json);
  return withWorkbench(engine ? { engine } : {}, report, async (page) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    for (const weights of paths) {
      await importWeights(page, weights);
      report({ event: 'robustness', weights, ...(await robustness(page)) });
    }
  });
}, usage);
