import {
  chosenSet,
  evaluate,
  importDataset,
  importWeights,
  loadDataset,
  testAllLabelled,
} from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import { choices, commonOptions, readChoice, readWeightsPath } from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readTransform } from '../cli/lib/transform.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run evaluate -- --weights FILE [options]

Evaluates trained weights on the test images, or on all labelled ones where none is called so.

  --weights FILE  as exported by the app or by "npm run train"
  --data FILE...  a data set to use in the place of MNIST: IDX, CSV, NumPy or CIFAR files, pictures,
                  zip or tar files, or a folder of any of these
  --tta           averages over several views of each image too, and reports both
  --transform T   looks at every image turned, scaled or moved: rotate=15, scale=0.85 or shift=3,0;
                  may be given several times
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const args = readCommand({
    usage,
    options: {
      ...commonOptions,
      weights: { type: 'string' },
      tta: { type: 'boolean' },
      transform: { type: 'string', multiple: true },
    },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const weights = await readWeightsPath(values.weights);
  const engine = readChoice('engine', values.engine);
  const view = readTransform(lists.transform ?? []);
  const data = lists.data && (await findDataFiles(lists.data));
  const write = createReport(flags.has('json'));
  return withWorkbench(engine ? { engine } : {}, write, async (page, report) => {
    if (data) {
      await importDataset(page, data);
      await testAllLabelled(page);
    } else await loadDataset(page);
    await importWeights(page, weights);
    const dataset = chosenSet(data);
    await evaluate(page, report, { dataset, tta: flags.has('tta'), ...(view && { view }) });
  });
}, usage);
