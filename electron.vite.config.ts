import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import renderer from './renderer.config.ts';
import { developmentSettings } from './scripts/dev/settings.mjs';

const path = (name: string) => resolve(import.meta.dirname, name);

/** Scripts started by name beside the one that starts them: `new URL('./thread.ts', import.meta.url)`. */
const besideBuilt: Plugin = {
  name: 'beside-built',
  transform: (code) => code.replace(/(new URL\(\s*['"]\.\/\w+)\.ts(['"]\s*,\s*import\.meta\.url)/g, '$1.js$2'),
};

/** Set by `npm run dev`. The page comes from `app:`, so Vite's client must be told where its socket is. */
const { CUTPOINT_DEV_NONCE: nonce, CUTPOINT_DEV_PORT: port } = process.env;
const settings = nonce ? developmentSettings(nonce) : undefined;
const development = settings && {
  ...settings,
  server: {
    ...settings.server,
    ...{ host: '127.0.0.1', port: Number(port), strictPort: true },
    ws: { host: '127.0.0.1', clientPort: Number(port) },
  },
};

export default defineConfig({
  main: {
    plugins: [besideBuilt],
    build: {
      outDir: path('out/main'),
      rollupOptions: {
        input: {
          electron: path('src-main/electron/main.ts'),
          engine: path('src-main/engine/main.ts'),
          laneProcess: path('src-main/engine/lanes/laneProcess.ts'),
          worker: path('src-main/engine/data/worker.ts'),
          kerasH5Thread: path('src-main/engine/weights/kerasH5Thread.ts'),
          h5Thread: path('src-main/engine/export/keras/h5Thread.ts'),
          patternThread: path('src-main/engine/data/patternThread.ts'),
          onnxProcess: path('src-main/engine/export/onnx/onnxProcess.ts'),
          tableThread: path('src-main/engine/data/tableThread.ts'),
          watchdogThread: path('src-main/engine/host/watchdogThread.ts'),
        },
        // All in one folder, where threads are looked for.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: path('out/preload'),
      // A preload script in a sandbox is one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: path('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...renderer,
    ...development,
    build: { ...renderer.build, rollupOptions: { input: path('src-renderer/index.html') } },
  },
});
