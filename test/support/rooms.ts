import type { Page } from 'playwright-core';

const minute = 60_000;

export type RoomName = 'Data' | 'Network' | 'Train' | 'Compare' | 'Results' | 'Explain' | 'Export';

/** A room of the study that is open, in the rail. */
export const room = (page: Page, name: RoomName) =>
  page.getByRole('navigation', { name: 'Rooms of the study' }).getByRole('link', { name, exact: true });

/** A place that belongs to no study, in the rail. */
export const place = (page: Page, name: 'Home' | 'Sources' | 'Settings' | 'Activity' | 'Help') =>
  page.getByRole('navigation', { name: 'Elsewhere' }).getByRole('link', { name, exact: true });

/** Begins a study on Home: on a folder, or on the sample data. Its Data room is open then. */
export async function beginStudy(page: Page, folder?: string): Promise<void> {
  await place(page, 'Home').click();
  if (folder === undefined) {
    await page.getByRole('button', { name: 'Begin with the sample data' }).click({ timeout: minute });
  } else {
    await page.getByLabel('Path of the folder').fill(folder);
    await page.getByRole('button', { name: 'Begin with this folder' }).click({ timeout: minute });
  }
  await room(page, 'Data').waitFor({ timeout: minute });
  await page.waitForURL(/#\/study\/[^/]+\/data/);
}
