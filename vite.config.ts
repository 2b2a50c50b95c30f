import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { serviceWorkerPlugin } from './src/app/service-worker-build.ts';
import { dracoFallbacksPlugin } from './tools/lib/draco-fallbacks.ts';
import { schemaWordsPlugin } from './tools/lib/schema-words.ts';

/** Cross-origin isolation gives the runtime its threads; hosts that cannot send these headers run it on one. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // Relative addresses: the built folder works under any sub-path.
  base: './',
  plugins: [
    react(),
    dracoFallbacksPlugin(),
    schemaWordsPlugin(),
    serviceWorkerPlugin(fileURLToPath(new URL('src/app/service-worker.ts', import.meta.url))),
  ],
  resolve: { dedupe: ['three', 'react', 'react-dom'] },
  worker: { format: 'es', plugins: () => [schemaWordsPlugin()] },
  optimizeDeps: { exclude: ['onnxruntime-web'], include: ['@huggingface/tokenizers'] },
  appType: 'mpa',
  build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts'],
    exclude: ['tools/browser-tests/**', 'node_modules/**'],
  },
});
