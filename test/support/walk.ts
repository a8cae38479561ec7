import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { z } from 'zod';
import { contract } from '../../src-main/contract/index.ts';
import { predictedImage } from '../../src-main/contract/prediction.ts';
import { fixed } from '../../src-renderer/logic/locale.ts';
import { json, run } from '../e2e/support/cutpoint.ts';
import type { Hands } from './hands.ts';

const minute = 60_000;
/** What the command `predictions` answers, as far as the walk needs it. */
const predictions = z.object({ classes: z.array(z.string()), images: z.array(predictedImage) });

/** What differs between the studies that are walked through. */
export interface Study {
  folder: string;
  /** Decides what stands in the list of findings, and answers how many images are left. */
  findings(): Promise<number>;
  /** Settings of the room Train, by the beginning of their labels. */
  settings: Readonly<Record<string, string>>;
  /** After each part of the walk, for who wants to look. */
  seen?(part: string): Promise<unknown>;
}

/**
 * From a folder of images to an exported file that answers as the application does: findings resolved, the split looked
 * at, probed, cut, a tournament started and watched to its verdict, the mistakes opened from the matrix, maps of the whole
 * and the truncated network beside each other. Everything is done with `hands`.
 */
export async function walk(page: Page, hands: Hands, workspace: string, study: Study): Promise<void> {
  const { seen = async () => {} } = study;
  const at = ['--workspace', workspace];
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', { name, exact: typeof name === 'string' });

  // The folder.
  await hands.type(page.getByLabel('Path of the folder'), study.folder);
  await hands.press(button('Begin with this folder'));
  await page.waitForURL(/#\/study\/[^/]+\/data/, { timeout: minute });
  await page
    .getByRole('listbox', { name: /image/ })
    .getByRole('option')
    .first()
    .waitFor({ timeout: 2 * minute });
  await seen('data');
  const images = await study.findings();
  await seen('findings');

  // The split, as it will be.
  await hands.press(page.getByRole('tab', { name: 'Split' }));
  const part = async (name: string) => {
    const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
    const [inImages = NaN] = (await row.getByRole('cell').allTextContents()).map(Number);
    return inImages;
  };
  await expect.poll(async () => (await part('Training')) + (await part('Validation')) + (await part('Test'))).toBe(images); // prettier-ignore
  const split = { train: await part('Training'), validation: await part('Validation'), test: await part('Test') };
  await seen('split');

  // The smallest plan that is real.
  await hands.go('Train');
  await hands.tick(page.getByRole('radio', { name: /^Quick look/ }));
  for (const [label, value] of Object.entries(study.settings)) {
    await hands.type(page.getByLabel(new RegExp(`^${label}`)), value);
  }
  await seen('plan');

  // The probe curve grows under the cut, and the cut is moved.
  await hands.go('Network');
  const slider = page.getByRole('slider', { name: 'Cut', exact: true });
  const cut = () => slider.getAttribute('aria-valuetext');
  await slider.waitFor({ timeout: minute });
  const before = await cut();
  await hands.press(button('Quick look'));
  const points = page.locator('circle[data-series=probe]');
  await points.first().waitFor({ timeout: 3 * minute });
  expect(await points.count()).toBe(Number(await slider.getAttribute('aria-valuemax')));
  await hands.moveCut(slider);
  const chosen = (await cut())!;
  expect(chosen).not.toBe(before);
  await seen('cut');

  // The whole network against the truncated one.
  await hands.go('Compare');
  await hands.choose(page.getByLabel('Tested on'), 'fixed');
  await page.getByText(/^2 runs\./).waitFor({ timeout: minute });
  await seen('set up');
  await hands.press(button('Start the comparison'));
  await page.waitForURL(/#\/study\/[^/]+\/compare\/[^/]+$/, { timeout: minute });
  await page.getByText(/ of 2 runs/).waitFor({ timeout: minute });
  await seen('watched');
  // Nothing is said of test images before it is asked for.
  await button('Show the result').waitFor({ timeout: 5 * minute });
  await seen('sealed');
  expect(await page.getByRole('heading', { name: 'Verdict' }).count()).toBe(0);
  await hands.press(button('Show the result'));
  await page.getByRole('heading', { name: 'Verdict' }).waitFor({ timeout: minute });
  const id = page.url().split('/').at(-1)!;
  const { result, cells } = await json(contract['comparison.get'].output, ['comparison', id, ...at]);
  if (result?.kind !== 'tournament') throw new Error('no tournament');
  await page.getByText(result.verdict).waitFor();
  await seen('verdict');
  const table = page.getByRole('region', { name: 'All models, on test patients' });
  for (const { aurocInterval } of result.rows) await table.getByText(fixed(aurocInterval!.value, 3)).first().waitFor();
  expect(cells.map(({ cell }) => [cell.strategy, cell.cut])).toEqual([
    ['full', null],
    ['truncated', chosen],
  ]);
  const [full = '', truncated = ''] = cells.map((each) => each.run ?? '');
  // On the very images that were shown to be those of the test.
  expect(result.images).toBe(split.test);

  // From its row to the run beneath it, and to what that took for something else.
  await hands.press(table.getByRole('button', { name: /^Truncated/ }));
  await hands.press(
    page
      .getByRole('region', { name: /^Runs beneath Truncated/ })
      .getByRole('link')
      .first(),
  );
  await hands.press(button('See the results'));
  await page.getByRole('heading', { name: /^Results of / }).waitFor({ timeout: minute });
  const { images: validated, classes } = await json(predictions, ['predictions', truncated, '--part', 'validation', ...at]); // prettier-ignore
  expect(validated.length).toBe(split.validation);
  // A cell of mistakes; of a network that makes none, one that is right.
  const sorted = validated.toSorted((a, b) => Number(a.correct) - Number(b.correct));
  const [{ class: own, predicted: other } = { class: '', predicted: '' }] = sorted;
  const mistakes = sorted.filter((each) => each.class === own && each.predicted === other);
  await seen('results');
  const cell = button(new RegExp(`‘${own}’ taken for ‘${other}’$`));
  expect(await cell.textContent()).toContain(String(mistakes.length));
  await hands.press(cell);
  const files = mistakes.map(({ file }) => file).sort();
  await expect.poll(() => listed(page)).toEqual(files);
  await expect.poll(() => page.locator('#images li canvas').count(), { timeout: minute }).toBe(files.length);
  await seen('mistakes');

  // Where both networks look, in the first of them.
  await hands.press(page.locator('#images li').first().getByRole('link', { name: /^Why/ }));
  await hands.choose(page.getByLabel('Beside it'), full);
  const index = new URLSearchParams(page.url().split('?')[1]).get('at')!;
  for (const each of [truncated, full]) {
    const into = join(workspace, `maps-${each}`);
    await run(['explain', each, '--validation', index, '--out', into, ...at]);
    const overlay = readdirSync(into).find((name) => name.endsWith('-overlay.png'))!;
    await isDrawn(page, each, join(into, overlay));
  }
  await seen('maps');

  // The file that goes out answers as the application does.
  await hands.go('Export');
  const out = join(workspace, 'out', 'model.onnx');
  await hands.type(page.getByLabel('Destination'), out);
  await hands.tick(page.getByLabel('Measure the speed on this machine'));
  await hands.press(button('Export'));
  await page.getByText('Computes the same as this app').waitFor({ timeout: 2 * minute });
  expect(existsSync(out)).toBe(true);
  await hands.press(button('Try it'));
  await hands.press(button('Take a validation image'));
  await page.getByText(/^Both say ‘.+’; the largest difference is /).waitFor({ timeout: minute });
  await seen('tried');
  const tried = page.getByRole('region', { name: /^Try/ }).getByRole('row');
  expect(await tried.count()).toBe(1 + classes.length);
}

/** Files of the images that Results lists, in the order of their names. */
async function listed(page: Page): Promise<(string | null)[]> {
  const names = page.locator('#images li .name');
  return (await names.evaluateAll((all) => all.map((each) => each.getAttribute('title')))).toSorted();
}

/** That the map of a run stands in the window, pixel for pixel as in the picture that the command wrote. */
async function isDrawn(page: Page, id: string, overlay: string): Promise<void> {
  const canvas = page.locator(`figure[data-run="${id}"] canvas`).first();
  await canvas.waitFor({ timeout: 2 * minute });
  const expected = await sharp(readFileSync(overlay)).toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const pixels = () =>
    canvas.evaluate((element: HTMLCanvasElement) => [
      ...element.getContext('2d')!.getImageData(0, 0, element.width, element.height).data,
    ]);
  // The image may be there a moment before its map.
  await expect.poll(async () => Buffer.from(await pixels()).equals(expected), { timeout: minute }).toBe(true);
}
