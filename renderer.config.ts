import vue from '@vitejs/plugin-vue';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** The window, built once and used by both shells: Electron loads it from disk, the web shell serves it. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src-renderer'),
  // Relative, so that the same build works below any path and from disk.
  base: './',
  plugins: [vue()],
  build: {
    outDir: resolve(import.meta.dirname, 'out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // electron-vite turns it off where nothing is said.
    minify: true,
    chunkSizeWarningLimit: 1200,
    // The content security policy allows no inline code and no data URLs for scripts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
