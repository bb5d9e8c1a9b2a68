import {
  chosenSet,
  importDataset,
  importWeights,
  loadDataset,
  robustness,
} from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import { choices, commonOptions, readChoice, readWeightsPath } from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run robustness -- --weights FILE [--weights FILE...] [options]

Says what it costs trained weights when the test images are turned by 15 degrees, made smaller by 0.85,
or moved by 3 pixels: the mean accuracy of each test, and the points that it loses.

  --weights FILE  as exported by the app or by "npm run train"; several are compared
  --data FILE...  a data set to use in the place of MNIST
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const args = readCommand({
    usage,
    options: { ...commonOptions, weights: { type: 'string', multiple: true } },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const paths = await Promise.all((lists.weights ?? [undefined]).map(readWeightsPath));
  const engine = readChoice('engine', values.engine);
  const data = lists.data && (await findDataFiles(lists.data));
  const write = createReport(flags.has('json'));
  return withWorkbench(engine ? { engine } : {}, write, async (page, report) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    for (const weights of paths) {
      await importWeights(page, weights);
      report({
        event: 'robustness',
        weights,
        ...(await robustness(page, { dataset: chosenSet(data) })),
      });
    }
  });
}, usage);
