// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { InputOf } from '../../src-main/contract/index.ts';
import type { SourceOrigin } from '../../src-main/contract/origin.ts';
import type { SourceSummary } from '../../src-main/contract/source.ts';
import { CutpointError } from '../../src-main/contract/errors.ts';
import OwnSources from '../../src-renderer/features/sources/own/OwnSources.vue';
import { useOwnSources } from '../../src-renderer/features/sources/own/ownSourcesStore.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { useStudy } from '../../src-renderer/features/study/studyStore.ts';
import { shown } from '../support/clicks.ts';
import { lineageOption } from '../../src-renderer/features/sources/lineage.ts';
import type { Colours } from '../../src-renderer/ui/chartColours.ts';
import { svgOf } from '../../src-renderer/ui/charts.ts';
import { lineageOfAll } from '../../src-main/contract/lineage.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { windowWith } from '../support/windowClient.ts';

const counts = { images: 20, groups: 10 };
const measured = (value: number) => ({
  ...counts,
  accuracy: { value, low: null, high: null },
  auroc: { value, low: value - 0.1, high: value + 0.05 },
});
const origin: SourceOrigin = {
  ...{ run: 'pre', nature: 'medical', testSealed: true, test: null, validation: measured(0.875) },
  parents: [{ name: 'textures', sha256: 'a', catalogue: null, nature: 'natural' }],
  data: {
    ...{ fingerprint: 'f', images: 1234, grouping: 'patient', grey: 0 },
    classes: [{ name: 'a', train: 1, validation: 1 }],
    split: { train: counts, validation: counts, test: counts },
  },
  ...{ seen: { images: 40, crc32: 0 }, settings: [], epochs: { best: 1, done: 2, by: 'AUROC' } },
};
const source = (name: string, own: SourceOrigin | null): SourceSummary => ({
  ...{ name, backbone: 'resnet18', file: '/f', format: 'h5', sha256: name, bytes: 1, addedAt: '2026-01-01T00:00:00Z' },
  ...{ matched: 1, missing: 0, parameters: 1, catalogue: null, preprocessing: null, origin: own },
});

async function place() {
  const asked: InputOf<'source.train'>[] = [];
  const taken: InputOf<'source.fromRun'>[] = [];
  const study = {
    ...{
      id: 's',
      name: 'Skin study',
      createdAt: '',
      openedAt: '',
      folder: '/skin',
      data: null,
      runs: 0,
      comparisons: 0,
    },
    ...{ best: null, verdict: null, testLooks: 0, active: [], selection: { folder: '/skin' }, draft: {}, note: '' },
    ...{ runIds: [], comparisonIds: [], jobIds: [], exportIds: [] },
  };
  const engine = runsEngine(runOf('done', { study: 's', name: 'Mine', epochs: [epochOf(1)], bestEpoch: 1, createdAt: '2026-01-02T10:00:00Z' })); // prettier-ignore
  const pinia = windowWith({
    ...engine.handlers,
    'source.list': () => [source('imagenet', null), source('skin', origin)],
    'source.wishes': () => [
      { run: 'pre2', name: 'wood', nature: 'natural', status: 'completed', failure: { code: 'DISK_FULL', message: 'The disk is full.' } }, // prettier-ignore
    ],
    'source.get': ({ name }) => ({ source: source(name, origin), lineage: [], card: `# Source ${name}` }),
    'source.train': (input) => {
      asked.push(input);
      if (input.name === 'skin') throw new CutpointError('SOURCE_EXISTS', 'There is such a source.');
      return runOf('new', { study: 's' });
    },
    'source.fromRun': (input) => {
      taken.push(input);
      return source(input.name, origin);
    },
    'study.get': () => study,
    'study.list': () => [study],
  });
  await Promise.all([useStudy().refresh(), useRuns().refresh(), useOwnSources().refresh()]);
  return { page: shown(OwnSources, pinia), asked, taken };
}

describe('sources of one’s own', () => {
  it('are listed with what they descend from and their figures; a sealed test set has none', async () => {
    const { page } = await place();
    expect(page.text()).toContain('random weights →textures →skin');
    expect(page.label('[role=img]')).toBe('imagenet; random weights; textures (removed), trained from random weights; skin, trained from textures (removed)'); // prettier-ignore
    expect(page.text()).toContain('1,234, medical');
    expect(page.text()).toMatch(/0\.875\s*sealed/);
    expect(page.text()).toContain('from a file');
    expect(page.text()).toContain('The run pre2 is to become the source wood. The disk is full. It has ended');
  });

  it('are drawn as trees, with their names and arrows', () => {
    const all = [source('imagenet', null), source('skin', origin)];
    const colours = { text: '#111', muted: '#777', line: '#ccc', surface: '#fff', accent: '#06c', font: 12 } as Colours;
    const svg = svgOf(lineageOption(lineageOfAll(all, all), colours), 600, 200);
    for (const name of ['imagenet', 'random weights', 'textures (removed)', 'skin'])
      expect(svg).toContain(`>${name}</text>`);
    expect(svg).not.toContain('NaN');
    expect(svg.match(/fill="#06c"/g)).toHaveLength(1);
  });

  it('show their card', async () => {
    const { page } = await place();
    await page.press('Card');
    await expect.poll(() => page.text()).toContain('# Source imagenet');
    expect(page.at()).toBe('/sources/own/imagenet');
  });

  it('are trained on the images of a study, from random weights or from one that fits, and lead to the run', async () => {
    const { page, asked } = await place();
    expect(page.button('Train').disabled).toBe(true);
    await page.choose('What the images are of', 'medical');
    await page.choose('Begins with', 'imagenet');
    useOwnSources().form.name = ' skin ';
    await page.submit();
    await expect.poll(() => page.text()).toContain('There is such a source.');
    useOwnSources().form.name = 'skin-2';
    await page.choose('Network', /CBR-Tiny/);
    await page.submit();
    await expect.poll(() => page.at()).toBe('train/new');
    expect(asked).toMatchObject([
      { name: 'skin', source: 'imagenet', backbone: 'resnet18', nature: 'medical', study: 's', epochs: 50, input: 112 },
      // Weights of another network are not begun with.
      { name: 'skin-2', source: null, backbone: 'cbr_tiny', data: { folder: '/skin' } },
    ]);
  });

  it('are taken over from a finished run', async () => {
    const { page, taken } = await place();
    useOwnSources().take.name = 'mine';
    await page.choose('Run that becomes a source', /^Mine/);
    await page.press('Take over');
    expect(taken).toEqual([{ run: 'done', name: 'mine', nature: 'unknown' }]);
    expect(useOwnSources().take.name).toBe('');
  });
});
