import { ensureBuild } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { openInBrowser } from '../lib/openInBrowser.mjs';
import { inProject } from '../lib/paths.mjs';
import { openFreePort } from '../lib/ports.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, SetupError, say } from '../lib/say.mjs';
import { serve } from '../lib/serve.mjs';

const usage = `Usage: npm start [-- --no-open]

Builds the app where its sources have changed, and serves it to this machine.

  --no-open    leaves your browser alone
  PORT=number  names the port`;

const firstPort = 4173;
const portsTried = 20;

await runCommand(async () => {
  const args = readCommand({ usage, options: { 'no-open': { type: 'boolean' } } });
  if (!args) return;

  const ports = portsToTry();

  say('AlexNet Workbench');
  await ensurePackages({ dev: false });
  await prepareMnist();
  await ensureBuild();

  const { opened: server, port } = await openFreePort(ports, (port) =>
    serve(inProject('dist'), { port }),
  );
  if (port !== ports[0]) {
    say(`Port ${ports[0]} is taken. Runs that were kept at that address are not shown here.`);
  }
  say(`Ready at ${server.url}`);
  say('Press Ctrl-C to stop.');
  if (!args.flags.has('no-open') && process.stdout.isTTY && !process.env.CI)
    openInBrowser(server.url);

  await stopRequest();
  await server.close();
}, usage);

/** The one that `PORT` names, or the usual ones. */
function portsToTry() {
  const wanted = process.env.PORT;
  if (!wanted) return Array.from({ length: portsTried }, (_, index) => firstPort + index);
  if (/^\d{1,5}$/.test(wanted) && Number(wanted) <= 65_535) return [Number(wanted)];
  throw new SetupError(`PORT is "${wanted}"; a number from 0 to 65535 was expected.`);
}

/** Settles when the user, or the system, asks this program to end. */
function stopRequest() {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
