/**
 * Which folder of src may import which, and which packages may be used where. A folder that is not
 * named here may import nothing, so a new one has to find its place first.
 */
const folders = {
  util: [],
  domain: ['util'],
  formats: ['domain', 'util'],
  protocol: ['domain', 'util'],
  engine: ['domain', 'util'],
  training: ['engine', 'domain', 'util'],
  embed: ['training', 'engine', 'domain', 'util'],
  storage: ['domain', 'util'],
  worker: ['protocol', 'training', 'storage', 'engine', 'formats', 'domain', 'util'],
  serviceWorker: ['protocol'],
  app: ['protocol', 'domain', 'util'],
  ui: ['app', 'domain', 'util'],
};

/** Folders that keep to these packages; the others may use any but those of the rules below. */
const packages = {
  util: ['@noble/hashes'],
  domain: ['valibot'],
  formats: ['@bufbuild/protobuf', 'fflate', 'valibot'],
  protocol: ['comlink', 'valibot'],
  storage: ['idb', 'valibot'],
  serviceWorker: [],
  embed: [],
};

/** Tests, and the folders of what only they use. */
const tests = '([.]test[.]tsx?$|/testing/)';

/** The folders in which TensorFlow.js is at home. */
const tensorflow = 'engine/tfjs|training/tape';

const directionRules = Object.entries(folders).map(([folder, allowed]) => ({
  name: `${folder}-imports-${allowed.join('-') || 'nothing'}`,
  comment: `src/${folder} may import ${allowed.join(', ') || 'no other folder'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: tests },
  to: {
    path: '^src/',
    pathNot: [folder, ...allowed].map((name) => `^src/${name}/`),
    // Panels may name the types that cross to the worker; they import nothing that runs.
    ...(folder === 'ui' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}));

const packageRules = Object.entries(packages).map(([folder, allowed]) => ({
  name: `${folder}-packages`,
  comment: `src/${folder} may use ${allowed.join(', ') || 'no package'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: tests },
  to: {
    path: '^node_modules/',
    ...(allowed.length > 0 ? { pathNot: `^node_modules/(${allowed.join('|')})/` } : {}),
  },
}));

export default {
  forbidden: [
    ...directionRules,
    ...packageRules,
    {
      name: 'ui-types-of-protocol-only',
      comment: 'Panels may import types of src/protocol, and nothing else outside their folders.',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: tests },
      to: {
        path: '^src/',
        pathNot: ['ui', ...folders.ui, 'protocol'].map((name) => `^src/${name}/`),
      },
    },
    {
      name: 'known-folders',
      comment: 'Every folder of src has its place in .dependency-cruiser.mjs.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/[^/]+$', tests, ...Object.keys(folders).map((name) => `^src/${name}/`)],
      },
      to: {},
    },
    {
      name: 'tensorflow-where-it-runs',
      comment: 'TensorFlow.js belongs to engine/tfjs and training/tape; types too.',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${tensorflow})/`, tests] },
      to: { path: '(^|node_modules/)@tensorflow/' },
    },
    {
      name: 'tensorflow-when-asked-for',
      comment: 'What brings TensorFlow.js along is imported when it is asked for: import().',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${tensorflow})/`, tests] },
      to: {
        path: `^src/(${tensorflow})/`,
        dependencyTypesNot: ['dynamic-import', 'type-only'],
      },
    },
    {
      name: 'react-where-it-shows',
      comment: 'React, and what is made for it, belongs to ui, app/useStore and main.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/ui/', '^src/app/useStore[.]tsx?$', '^src/main[.]tsx$'],
      },
      to: {
        path: '(^|node_modules/)(react|react-dom|react-i18next|recharts|lucide-react|@mantine)(/|$)',
      },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that import each other in a circle cannot be understood one at a time.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '[?]' },
    },
    {
      name: 'no-tests-in-the-app',
      comment: 'What is shipped imports no test, and no package that only development has.',
      severity: 'error',
      from: { path: '^src/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: who imports a type knows of the folder.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
