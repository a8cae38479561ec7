import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { promisify } from 'node:util';

export interface Scene {
  name: string;
  /** Behind the hash. */
  address: string;
  /** What is pressed before the picture is taken. */
  act?(page: Page): Promise<unknown>;
}

const minute = 60_000;
const program = resolve(import.meta.dirname, '../../bin/cutpoint.mjs');

/** A command on the workspace, which joins the engine of the window; its answer. */
async function cutpoint(workspace: string, ...args: string[]): Promise<Record<string, unknown>> {
  const all = [program, ...args, '--workspace', workspace, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 100_000_000 });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/**
 * Makes a study with something to see in every room, and tells the addresses. Takes some minutes.
 * @param effort epochs of each run and folds of the tournament: fewer give the same screens with worse figures, sooner
 */
export async function scenes(page: Page, workspace: string, effort = { epochs: 4, folds: 5 }): Promise<Scene[]> {
  await page.getByRole('button', { name: 'Begin with the sample data' }).click({ timeout: minute });
  await page.waitForURL(/#\/study\/[^/]+\/data/, { timeout: minute });
  const study = /study\/([^/]+)/.exec(page.url())![1]!;
  await page
    .locator('[role=option]')
    .first()
    .waitFor({ timeout: 3 * minute });
  const folder = join(workspace, 'sample');
  const images = ['--data', folder, '--labels', join(folder, 'labels.csv'), '--group-column', 'group'];
  const data = [...images, '--study', study];
  const network = ['--backbone', 'efficientnet_lite0', '--source', 'efficientnet-lite0', '--input', '64'];
  const epochs = ['--epochs', String(effort.epochs)];
  const brief = [...data, ...network, ...epochs];
  const openTest = ['--open-test', 'to see what it looks like'];
  const whole = await cutpoint(workspace, 'train', ...brief, '--strategy', 'full');
  const cut = await cutpoint(workspace, 'train', ...brief, '--cut', '_blocks.6', ...openTest);
  const tournament = await cutpoint(
    workspace,
    ...[
      'tournament',
      ...data,
      '--backbone',
      'efficientnet_lite0',
      '--sources',
      'efficientnet-lite0',
      '--input',
      '64',
      ...epochs,
      '--folds',
      String(effort.folds),
      '--strategies',
      'full,truncated,scratch',
      '--cuts',
      '_blocks.4,_blocks.10',
      ...openTest,
    ],
  );
  const search = await cutpoint(workspace, 'search', ...brief, '--method', 'svcca');
  const curve = await cutpoint(
    workspace,
    'learning-curve',
    ...brief,
    '--strategies',
    'full,scratch',
    '--shares',
    '0.5,1',
    ...openTest,
  );
  await cutpoint(workspace, 'probe', ...images, ...network);
  await cutpoint(workspace, 'similarity', String(cut.id));
  await cutpoint(workspace, 'export', String(cut.id), '--format', 'onnx', '--out', join(workspace, 'model.onnx'));

  const at = (room: string): string => `/study/${study}/${room}`;
  /** Maps arrive one by one. */
  const settled = (on: Page) =>
    on
      .getByText(/^Waiting|^Wartet/)
      .first()
      .waitFor({ state: 'detached', timeout: minute });
  /** What a tab of Explain computes, and something that is there afterwards. */
  const pressed = (act: RegExp, found: RegExp) => async (on: Page) => {
    await on.getByRole('button', { name: act }).click();
    await on
      .getByText(found)
      .first()
      .waitFor({ timeout: 2 * minute });
  };
  const tab = (name: RegExp) => (on: Page) => on.getByRole('tab', { name }).click();
  return [
    { name: 'home', address: '/home' },
    { name: 'data', address: at('data') },
    { name: 'network', address: at('network') },
    { name: 'train-plan', address: at('train') },
    { name: 'train-run', address: at(`train/${String(cut.id)}`) },
    { name: 'compare', address: at('compare') },
    { name: 'compare-tournament', address: at(`compare/${String(tournament.id)}`) },
    { name: 'compare-search', address: at(`compare/${String(search.id)}`) },
    { name: 'compare-curve', address: at(`compare/${String(curve.id)}`) },
    { name: 'results', address: at(`results/${String(cut.id)}`) },
    ...['calibration', 'threshold', 'subgroups', 'abstention'].map((section) => ({
      name: `results-${section}`,
      address: at(`results/${String(cut.id)}?section=${section}`),
    })),
    { name: 'explain', address: at(`explain/${String(cut.id)}?with=${String(whole.id)}`), act: settled },
    {
      name: 'explain-similarity',
      address: at(`explain/${String(cut.id)}?tab=similarity`),
      act: pressed(/^(Compare|Vergleichen)$/, /Figures of each layer|Werte jeder Schicht/),
    },
    { name: 'explain-movement', address: at(`explain/${String(cut.id)}?tab=movement`) },
    {
      name: 'explain-filters',
      address: at(`explain/${String(cut.id)}?tab=filters`),
      act: pressed(/^(Draw the filters|Filter zeichnen)$/, /^_blocks\.6: 16/),
    },
    { name: 'export', address: at(`export/${String(cut.id)}`) },
    { name: 'settings', address: '/settings' },
    { name: 'settings-storage', address: '/settings/storage' },
    { name: 'activity', address: '/activity' },
    { name: 'help', address: '/help' },
    { name: 'help-terms', address: '/help/glossary' },
    { name: 'palette', address: '/home', act: (on) => on.keyboard.press('Control+k') },
    { name: 'engine', address: '/settings', act: tab(/Engine|Rechenkern/) },
  ];
}
