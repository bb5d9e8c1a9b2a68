import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { ensureKernels } from './scripts/lib/buildKernels.mjs';
import { bundledWorkers } from './scripts/lib/bundledWorkers.mjs';
import { isolationHeaders } from './scripts/lib/securityHeaders.mjs';

await ensureKernels();

/** Set by scripts/test.mjs to the browser that it found or downloaded. */
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Chromium's WebGPU on a machine without a GPU: SwiftShader plays the adapter. */
const chromiumArgs = [
  '--headless=new',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/** Bundled for the browser before the first test; found one by one, each would reload the page. */
const browserPackages = [
  'comlink',
  'fast-check',
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients.js',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  'valibot',
];

/** Of the page, likewise. */
const pagePackages = [
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom/client',
  'react-i18next',
  'i18next',
  'recharts',
  'zustand/vanilla',
  '@mantine/core',
  '@mantine/hooks',
  '@mantine/notifications',
  'lucide-react',
  'valibot',
];

/** Chromium as every test in a browser has it: an object of its own for each project. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: { executablePath: chromiumPath, args: chromiumArgs } }),
  instances: [{ browser: 'chromium' as const }],
});

/** What is waited for is real work, on a machine that may be busy with something else too. */
const patience = { expect: { poll: { timeout: 30_000 } } };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: {
          alias: {
            '@tensorflow/tfjs-core/dist/register_all_gradients.js': fileURLToPath(
              new URL('src/engine/testing/gradientsInNode.ts', import.meta.url),
            ),
          },
        },
        test: {
          ...patience,
          name: 'node',
          setupFiles: ['./scripts/lib/seedPropertyTests.mjs'],
          environment: 'node',
          // No test is about time: a machine that is busy with something else too may take longer.
          testTimeout: 60_000,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.{mjs,ts}'],
          exclude: ['**/*.gpu.test.ts', '**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        optimizeDeps: { include: browserPackages },
        plugins: [
          bundledWorkers({
            worker: 'src/testing/model/workerEntry.ts',
            reference: 'src/testing/model/referenceEntry.ts',
          }),
        ],
        // As the app's own server has it: threads share memory only in an isolated page.
        server: { headers: isolationHeaders },
        test: {
          name: 'gpu',
          ...patience,
          include: ['src/**/*.gpu.test.ts', 'src/**/*.browser.test.ts'],
          setupFiles: ['./src/util/testing/expectAdapter.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
          browser: inChromium(),
        },
      },
      {
        test: {
          name: 'interop',
          environment: 'node',
          // PyTorch takes part in `npm run interop` alone.
          include: ['interop/*.test.ts', ...(process.env.INTEROP ? ['interop/*/*.test.ts'] : [])],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'bench',
          environment: 'node',
          include: ['bench/**/*.test.{mjs,ts}'],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          // Browsers that compute beside each other would only wait for each other.
          fileParallelism: false,
        },
      },
      {
        optimizeDeps: { include: pagePackages },
        test: {
          ...patience,
          name: 'page',
          include: ['src/**/*.test.tsx'],
          testTimeout: 60_000,
          fileParallelism: false,
          // No larger than the window, or the page would be scaled and the mouse would miss.
          browser: { ...inChromium(), viewport: { width: 800, height: 700 } },
        },
      },
    ],
  },
});
