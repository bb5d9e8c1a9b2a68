import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finishSite, serviceWorkerFile } from '../../scripts/lib/offlineSite.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';

/** A copy of the built site that can be replaced by newer versions while it is served. */
export interface Deployment {
  readonly folder: string;
  /** Puts a version there whose page has a script more than the one before. Gives the script's path. */
  deployAnother(): Promise<string>;
  /** Puts an unrelated page in the place of the site. */
  replaceByAnotherPage(): Promise<void>;
  /** Has the host answer with this instead, or with 404. Gives what mends it. */
  spoil(path: string, content?: string): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export async function deploy(): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'workbench-deployment-'));
  await cp(inProject('dist'), folder, { recursive: true });
  const pagePath = join(folder, 'index.html');
  const workerPath = join(folder, serviceWorkerFile);
  let versions = 0;
  return {
    folder,
    async deployAnother() {
      const page = await readFile(pagePath, 'utf8');
      versions++;
      const script = `assets/another-${String(versions).padStart(8, '0')}.js`;
      await writeFile(join(folder, script), 'export {};\n');
      const tag = `<script type="module" src="./${script}"></script>`;
      await writeFile(pagePath, page.replace('</head>', `${tag}</head>`));
      const worker = await readFile(workerPath, 'utf8');
      await finishSite(folder, worker.slice(worker.indexOf('\n};\n') + '\n};\n'.length));
      return script;
    },
    async replaceByAnotherPage() {
      await writeFile(pagePath, '<!doctype html><title>Another page</title>');
      await rm(workerPath);
    },
    async spoil(path, content) {
      const place = join(folder, path);
      const before = await readFile(place);
      await (content === undefined ? rm(place) : writeFile(place, content));
      return () => writeFile(place, before);
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
