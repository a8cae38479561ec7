import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutState, nodeModules, root } from '../setup/places.mjs';

const cache = join(checkoutState, 'vite');

/**
 * What Vite's development server is told, whichever shell the window is in. It reads what the window is made of, not the
 * rest of the checkout; the styles that its client writes carry `nonce`, which the content security policy allows.
 * @returns {import('electron-vite').RendererViteConfig}
 */
export const developmentSettings = (nonce) => ({
  envDir: false,
  mode: 'development',
  base: '/',
  cacheDir: cache,
  clearScreen: false,
  html: { cspNonce: nonce },
  server: {
    cors: false,
    fs: {
      strict: true,
      allow: [
        ...['src-renderer', 'src-main', 'src-preload'].map((name) => join(root, name)),
        realpathSync(nodeModules),
        cache,
      ],
    },
  },
});
