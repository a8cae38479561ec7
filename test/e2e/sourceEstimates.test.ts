import { expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
import { clipped, installedChromium, openWindow } from '../support/browser.ts';
import { temporaryFolder } from '../support/folder.ts';
import { beginStudy, place } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';

const minute = 60_000;

test.skipIf(!installedChromium())(
  'sources are estimated side by side on the images of a study',
  async () => {
    const { url } = await serveWindow(temporaryFolder());
    const { page, complaints } = await openWindow(url);
    await place(page, 'Sources').click();
    await page.getByRole('tab', { name: 'Estimates' }).click();
    await page.getByText('There are no images yet').waitFor({ timeout: minute });
    await beginStudy(page);
    await place(page, 'Sources').click();
    await page.getByRole('tab', { name: 'Estimates' }).click();
    await page.getByLabel('Network', { exact: true }).selectOption('mobilenet_v2_050_keras', { timeout: minute });
    await page.getByLabel(/^Image size/).fill('32');
    await page.getByLabel('formula-pictures').waitFor();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    const rows = page.getByRole('table', { name: 'Sources side by side' }).locator('tbody tr');
    await rows.first().waitFor({ timeout: 3 * minute });
    expect(await rows.count()).toBe(2);
    expect(await rows.first().textContent()).toMatch(/formula-pictures.*[01]\.\d{3} ± 0\.\d{3}/);
    await page.getByText('Whether such estimates rank the sources as fine-tuning does is not known').waitFor();
    await page.getByText('by themselves they are no ground to choose').waitFor();
    expect(await clipped(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
  6 * minute,
);
