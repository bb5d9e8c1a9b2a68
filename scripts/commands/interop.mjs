import { ensureOptional } from '../../bench/hosts/packages.mjs';
import { findPython } from '../../bench/hosts/python.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { closingLine, exitStatus } from '../lib/outcome.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runVitest } from '../lib/runVitest.mjs';
import { runCommand, say } from '../lib/say.mjs';

const usage = `Usage: npm run interop

Has other programs read what is exported, and reads what they write: onnxruntime and TensorFlow.js, as
"npm test" does too, and PyTorch, where a Python has it (PYTHON names one). It installs no Python package.`;

await runCommand(async () => {
  if (!readCommand({ usage })) return 0;
  await ensurePackages({ dev: true });
  await ensureOptional('onnxruntime');
  await prepareMnist();
  const python = await findPython();
  say(python ? `PyTorch: ${python}` : 'No Python here has PyTorch; its tests are skipped.');
  process.env.INTEROP = 'pytorch';
  const outcome = await runVitest(['--project', 'interop']);
  for (const skipped of outcome.skipped) console.log(`Skipped: ${skipped}`);
  console.log(closingLine(outcome));
  return exitStatus(outcome);
}, usage);
