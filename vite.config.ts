import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ensureKernels } from './scripts/lib/buildKernels.mjs';
import { editorGuard } from './scripts/lib/editorGuard.mjs';
import { offlinePlugin } from './scripts/lib/offlinePlugin.mjs';
import { developmentHeaders } from './scripts/lib/securityHeaders.mjs';
import { supplyChainPlugin } from './scripts/lib/supplyChainPlugin.mjs';

await ensureKernels();
const supplyChain = supplyChainPlugin();

export default defineConfig({
  // Relative addresses: the built folder can be hosted under any path.
  base: './',
  plugins: [react(), supplyChain.ofPage, offlinePlugin(), editorGuard()],
  worker: { format: 'es', plugins: supplyChain.ofWorkers },
  server: { headers: developmentHeaders },
  build: {
    target: 'es2023',
    // The policy lets nothing be fetched from data: addresses, WebAssembly least of all.
    assetsInlineLimit: 0,
    // TensorFlow.js alone is larger than the limit at which Vite warns.
    chunkSizeWarningLimit: 2500,
    rolldownOptions: {
      output: {
        // What the page opens with is one file: cut up by what later parts share with it, it compresses worse.
        codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] },
      },
    },
  },
});
