import { expect, describe, it } from 'vitest';
import { scenes } from '../../scripts/screenshots/scenes.ts';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { serveWindow } from '../support/serve.ts';

const minute = 60_000;

describe.skipIf(!installedChromium())('every screen, on the sample study', () => {
  it(
    'has nothing against WCAG 2.2 AA, light and dark, and nothing cut off, small and large',
    { timeout: 20 * minute },
    async () => {
      const workspace = temporaryFolder();
      const { url } = await serveWindow(workspace);
      const { page, complaints } = await openWindow(url);
      const found: string[] = [];
      for (const { name, address, act } of await scenes(page, workspace, { epochs: 1, folds: 2 })) {
        for (const [width, height, colorScheme] of [
          [1440, 900, 'light'],
          [1024, 700, 'dark'],
          [720, 450, 'light'],
        ] as const) {
          // prettier-ignore
          await page.setViewportSize({ width, height });
          await page.emulateMedia({ colorScheme });
          await page.goto(`${new URL(page.url()).origin}/#${address}`);
          await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: minute });
          await act?.(page);
          // Charts and figures of a room come after its heading; at another size they are only drawn again.
          await page.waitForTimeout(width === 1440 ? 700 : 350);
          const at = `${name}, ${width} px, ${colorScheme}`;
          found.push(...(await violations(page)).map((each) => `${at}: ${each}`));
          found.push(...(await clipped(page)).map((each) => `${at}: ${each}`));
          await page.keyboard.press('Escape');
        }
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});
