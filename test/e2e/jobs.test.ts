import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { installedChromium, openWindow } from '../support/browser.ts';
import { folderForFile } from '../support/folder.ts';
import { place } from '../support/rooms.ts';
import { serveWindow } from '../support/serve.ts';
import { json, start } from './support/cutpoint.ts';
import { killEngine } from './support/engine.ts';
import { writeStudy } from './support/study.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const minute = 60_000;
const jobs = contract['job.list'].output;
const report = contract['probe.sweep'].output;
/** Of a network that takes some seconds on these images. */
const probe = [
  'probe',
  '--data',
  study,
  '--backbone',
  'resnet50',
  '--source',
  'none',
  '--input',
  '160',
  '--folds',
  '3',
];

beforeAll(async () => void (await writeStudy(study)));

describe('jobs of an engine that is killed', () => {
  it('compute: one ends with a sentence, others go on; control: they are interrupted, and done again', async () => {
    const workspace = join(folder, 'killed');
    const at = ['--workspace', workspace];
    const { shell } = await serveWindow(workspace);
    const isRunning = () =>
      expect
        .poll(async () => (await json(jobs, ['jobs', ...at])).map(({ status }) => status), { timeout: minute })
        .toContain('running');

    const first = start([...probe, ...at]);
    const second = start([...probe, '--seed', '1', ...at]);
    await isRunning();
    // Its process may still be starting.
    await expect.poll(() => killEngine(workspace, 'compute'), { timeout: minute }).toBe(true);
    const ends = await Promise.all([first.ended, second.ended]);
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 1]);
    expect(ends.find(({ status }) => status === 1)!.stderr).toMatch(/error \[WORKER_CRASHED\]/);
    const [failed] = (await json(jobs, ['jobs', ...at])).filter(({ status }) => status === 'failed');
    expect(failed).toMatchObject({ error: { code: 'WORKER_CRASHED', remedy: expect.any(String) } });

    const third = start([...probe, '--seed', '2', ...at]);
    await isRunning();
    expect(killEngine(workspace)).toBe(true);
    await third.ended;
    const left = (await json(jobs, ['jobs', ...at]))[0]!;
    expect(left).toMatchObject({ status: 'interrupted', kept: false });
    const again = await json(contract['job.get'].output, ['job', left.id, '--repeat', ...at]);
    expect(again).toMatchObject({ status: 'completed', kept: true });
    const { origin } = await json(report, [...probe, '--seed', '2', ...at]);
    expect(origin).toMatchObject({ job: again.id, found: true });
    shell.child.kill('SIGTERM');
  });
});

describe.skipIf(!installedChromium())('in a browser', () => {
  it('the window shows the jobs, whoever began them, and ends them', async () => {
    const workspace = join(folder, 'shown');
    const at = ['--workspace', workspace];
    const { url } = await serveWindow(workspace);
    const { page, complaints } = await openWindow(url);
    await place(page, 'Activity').click();
    await page.getByText('None yet.').waitFor({ timeout: minute });

    const probing = start([...probe, ...at]);
    await page.getByRole('link', { name: '1 job' }).waitFor({ timeout: minute });
    await page.getByRole('button', { name: 'Cancel: Probe of resnet50 on study' }).click({ timeout: minute });
    expect((await probing.ended).stderr).toMatch(/error \[CANCELLED\]/);
    const jobs = page.getByRole('region', { name: 'Jobs' });
    await jobs.getByText('Cancelled', { exact: true }).waitFor({ timeout: minute });
    await jobs.getByRole('button', { name: 'Again' }).first().click();
    // It is one more, and the first in the list; that it ended is told to who does not see it.
    const rows = jobs.getByRole('listitem');
    await expect.poll(() => rows.first().textContent(), { timeout: 2 * minute }).toContain('Done');
    await page.getByRole('status').filter({ hasText: 'Probe of resnet50 on study: finished.' }).waitFor();
    await rows.first().getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('dialog', { name: /^Remove the job/ }).getByRole('button', { name: 'Remove', exact: true }).click({ timeout: minute }); // prettier-ignore
    await expect.poll(() => rows.count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
