/**
 * The packages that would run a program of theirs when they are installed, which `ignore-scripts` in
 * .npmrc forbids, and how each works without. A new one is looked at before it comes in here.
 * @type {Readonly<Record<string, Readonly<Record<string, string>>>>} by folder, and by place in its lockfile
 */
export const knownInstallScripts = {
  '': {
    'node_modules/fsevents':
      'It would be compiled, say some registries; what it brings is compiled, and for macOS alone.',
  },
  'interop/onnxruntime/': {
    'node_modules/protobufjs':
      'It would say which version another package should have asked for; it changes nothing.',
  },
  'bench/hosts/dawn/': {
    'node_modules/webgpu':
      'It takes the binaries of other systems out of its folder; with all of them it works as well.',
  },
};
