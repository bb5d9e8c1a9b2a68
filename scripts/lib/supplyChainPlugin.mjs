import { licencesText } from './licences.mjs';
import { readLockfile } from './lockfile.mjs';
import { inProject } from './paths.mjs';
import { billOfMaterials } from './sbom.mjs';
import { placesOf } from './shippedPackages.mjs';

export const licencesFile = 'third-party-licences.txt';
export const sbomFile = 'sbom.cdx.json';

/**
 * For builds: says beside the site whose code it carries, as a text of all licences and as a bill of
 * materials. Workers are bundled apart from the page, and before it: `ofWorkers` notes what is in them.
 * @returns {{ ofPage: import('vite').Plugin, ofWorkers: () => import('vite').Plugin[] }}
 */
export function supplyChainPlugin() {
  /** @type {Set<string>} */
  const modules = new Set();
  /** @param {Readonly<Record<string, { type: string, moduleIds?: readonly string[] }>>} bundle */
  const note = (bundle) => {
    for (const { moduleIds = [] } of Object.values(bundle)) {
      for (const id of moduleIds) modules.add(id);
    }
  };
  return {
    ofWorkers: () => [
      {
        name: 'workbench-supply-chain-workers',
        apply: 'build',
        generateBundle: (_, bundle) => note(bundle),
      },
    ],
    ofPage: {
      name: 'workbench-supply-chain',
      apply: 'build',
      generateBundle: {
        order: 'post',
        async handler(_, bundle) {
          note(bundle);
          const places = placesOf(modules);
          const sbom = billOfMaterials(await readLockfile(), places);
          const json = `${JSON.stringify(sbom, null, 1)}\n`;
          this.emitFile({ type: 'asset', fileName: sbomFile, source: json });
          const source = await licencesText(places.map(inProject));
          this.emitFile({ type: 'asset', fileName: licencesFile, source });
        },
      },
    },
  };
}
