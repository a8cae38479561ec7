import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasuredFigure } from '../../../src-main/contract/figures.ts';
import { ONE_CLASS_ONLY } from '../../../src-main/contract/oneClass.ts';
import { reportFile, type ReportFile } from '../../../src-main/contract/report.ts';
import { folderForFile } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';
import { severalLabelsData, severalLabelsStudy, SHOWN } from '../../support/severalLabels.ts';
import { services, tinyPlan } from '../services/inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
let id: string;

/** Text of a page without its markup, and the same with it. */
interface Written {
  page: string;
  text: string;
  card: string;
  report: ReportFile;
}

async function write(name: string, options: { openTest?: boolean; images?: boolean } = {}): Promise<Written> {
  const out = join(folder, `${name}.html`);
  const { json, card } = await engine.call('report.write', { of: { run: id }, out, images: false, ...options });
  const page = (await readFile(out, 'utf8')).replace(/<style>[\s\S]*?<\/style>/, '');
  return {
    page,
    text: page.replace(/<svg[\s\S]*?<\/svg>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '),
    card: await readFile(card, 'utf8'),
    report: reportFile.parse(JSON.parse(await readFile(json, 'utf8'))),
  }; // prettier-ignore
}

/** Cells of the row of a table that begins with a name. */
const row = (page: string, caption: string, name: string): string[] => {
  const table = page.split('<caption>').find((each) => each.startsWith(caption));
  const found = table?.split('<tr>').find((each) => each.startsWith(`<th scope="row">${name}</th>`));
  return [...(found ?? '').matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!);
};

/** A figure with the interval that stands first. */
function shown(figures: readonly MeasuredFigure[], name: string): string {
  const { value, intervals } = figures.find((each) => each.name === name)!;
  const [low, high] = [intervals[0]?.low, intervals[0]?.high].map((each) => each?.toFixed(3));
  return `${value!.toFixed(3)}${low === undefined ? '' : ` (${low} to ${high})`}`;
}

beforeAll(async () => {
  await severalLabelsStudy(study, { patients: 60 });
  const table = (await readFile(join(study, 'labels.csv'), 'utf8')).trim().split('\n');
  // One value in five of the last label is uncertain, so that some are in every part.
  const [head, ...lines] = table;
  const more = lines.map(
    (line, at) => `${at % 5 === 0 ? line.replace(/,[^,]*$/, ',-1') : line},${at % 4 < 2 ? 'F' : 'M'}`,
  );
  put(study, 'labels.csv', [`${head},sex`, ...more].join('\n'));
  engine = await services(join(folder, 'workspace'));
  const { labels } = severalLabelsData(study);
  const multi = { ...labels.multi, perLabel: { Bright: { uncertain: 'ones' as const } } };
  const data = { folder: study, labels: { ...labels, groupColumn: 'patient', multi } };
  const small = { backbone: 'cbr_tiny', cut: 'layer3.pool', initialisation: 'random', batch: 16, epochs: 4 } as const;
  const plan = tinyPlan(study, { ...small, data, task: 'multi-label', learningRate: 0.003, accept: ['all'] });
  const ended = await (await engine.train(plan)).end;
  expect(ended).toMatchObject({ status: 'completed', classes: SHOWN });
  id = ended.id;
}, 120_000);
afterAll(() => engine.close());

describe('the report of a run whose images may have several labels', () => {
  it('tells of every label what an evaluation tells of it, and of their means', async () => {
    const { page, text, report, card } = await write('sealed');
    const evaluation = await engine.call('run.evaluate', { id, part: 'validation' });
    expect(text).toContain('The test set is sealed.');
    expect(report.figures[0]).toMatchObject({ on: 'validation', several: true, metrics: evaluation.metrics });
    expect(report.figures[0]!.figures).toEqual(evaluation.figures);
    const { perClass, macro } = evaluation.figures!.images;
    for (const [at, { name, images, known }] of evaluation.metrics.perClass.entries()) {
      const cells = row(page, 'Each label against not having it, by its probability', name);
      expect(cells[0]).toBe(`${images} of ${known}`);
      const auroc = shown(perClass[at]!.figures, 'auroc');
      expect(cells[1]).toContain(`>${auroc}<`);
      expect(card).toContain(`| ${name} | ${images} | ${known} | ${auroc} |`);
    }
    expect(text).toContain(`AUROC on validation images, mean of the labels ${shown(macro, 'auroc')}`);
    expect(card).toContain(`| AUROC (mean of the labels) | ${shown(macro, 'auroc')} |`);
    // What was called, in place of a confusion matrix, adds up to the images of the part.
    for (const name of SHOWN) {
      const counts = row(page, 'What each label was called', name).map(Number);
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(evaluation.images);
    }
    expect(page).not.toContain('Confusion');
    expect(text).not.toMatch(/NaN|undefined|\[object|most probable class|softmax|confusion matrix/);
  });

  it('counts who has a label, who has it not, and of whom it is not known, and says how values were counted', async () => {
    const { page, text, report } = await write('counts');
    const { cohort } = report;
    expect(cohort.several!.policies).toEqual([
      { label: 'Bright', uncertain: 'ones', empty: 'zeros' },
      { label: 'Disc', uncertain: 'ignore', empty: 'zeros' },
      { label: 'Stripes', uncertain: 'ignore', empty: 'zeros' },
    ]);
    const table = (await readFile(join(study, 'labels.csv'), 'utf8')).trim().split('\n').slice(1).map((line) => line.split(',')); // prettier-ignore
    const count = (label: number, ...values: string[]) => table.filter((cells) => values.includes(cells[2 + label]!)).length; // prettier-ignore
    const [bright, disc] = cohort.classes;
    expect(bright).toMatchObject({ name: 'Bright', images: count(0, '1', '-1'), unknown: 0 });
    expect(disc).toMatchObject({ name: 'Disc', images: count(1, '1'), unknown: count(1, '-1') });
    // Parts but the sealed one, of which the counts of labels stay unsaid.
    const [all, train, validation, test] = row(page, 'Images (patients) that have each label', 'Disc');
    expect(all).toBe(`${disc!.images} (${disc!.groups}) / ${count(1, '0', '')} / ${count(1, '-1')}`);
    expect(`${train} ${validation}`).toMatch(/^\d+ \(\d+\) \/ \d+ \/ \d+ \d+ \(\d+\) \/ \d+ \/ \d+$/);
    expect(test).toBe('sealed');
    expect(row(page, 'What values that say neither yes nor no count as', 'Bright')).toEqual(['has it', 'has it not']);
    expect(text).toContain(
      'An uncertain value counts as having the label for Bright, as not known for Disc and Stripes.',
    );
    expect(text).toContain('An empty value counts as not having the label.');
    // Its own checklists do not say that nothing was imputed.
    expect(text).not.toContain('nothing was imputed');
    expect(page).toContain('By sex, images (patients) in each part');
  });

  it('says what was done, and in one sentence each what it has nothing of', async () => {
    const { text } = await write('methods');
    for (const sentence of [
      'Deep learning to label images: Bright, Disc and Stripes',
      'a dense layer of 3 outputs, each with a sigmoid',
      'The loss is the binary cross-entropy of the labels, averaged over what is known of them; the positives of each label weigh its known negatives over its known positives in the training part.',
      'stratified by label (iterative stratification, Sechidis et al. 2011)',
      'The epoch with the best validation AUPRC, the mean over the labels, was kept',
      'No threshold was chosen for this model: each label is called from a probability of 0.5 on.',
      ONE_CLASS_ONLY.calibration,
      ONE_CLASS_ONLY.abstention,
    ])
      expect(text).toContain(sentence);
  });

  it('tells each label’s figures by sex, as `run.subgroups` does', async () => {
    const { page, report } = await write('subgroups');
    const [by] = await engine.call('run.subgroupChoices', { id, part: 'validation' }).then((all) => all.filter((each) => each.kind === 'column' && each.name === 'sex')); // prettier-ignore
    expect(report.subgroups.length).toBeGreaterThan(0);
    for (const { label, by: title, subgroups, images } of report.subgroups) {
      expect(title).toBe('sex');
      const own = await engine.call('run.subgroups', { id, part: 'validation', by: by!, label: label!.name });
      expect({ subgroups, images, label }).toEqual({ subgroups: own.subgroups, images: own.images, label: own.label });
      expect(page).toContain(`<h3>By sex, ${label!.name}</h3>`);
    }
  });

  it('has the thresholds that are kept, and judges errors by them', async () => {
    const before = await write('before');
    await engine.call('run.operate', { id, positive: 'Disc', rule: { kind: 'fixed', threshold: 0 } });
    const { text, page, report } = await write('after');
    await engine.call('run.operate', { id, positive: 'Disc', rule: null });
    expect(report.labelPoints!.map(({ positive, threshold }) => [positive, threshold])).toEqual([['Disc', 0]]);
    expect(text).toContain('Disc from 0.000 on, by a number that was named');
    expect(text).toContain(
      'Each label is called from a probability of 0.5 on, but for these, whose thresholds were chosen on the validation images: Disc from',
    );
    expect(row(page, 'At these thresholds, on the validation images', 'Disc')[0]).toMatch(/^1\.000/);
    // Every image reaches 0: none is missed, and all that have it not are called.
    const disc = (of: typeof report) => ('missing' in of.failures ? undefined : of.failures.labels!.find(({ label }) => label === 'Disc')); // prettier-ignore
    expect(disc(report)).toMatchObject({ missed: 0, alarms: disc(report)!.hasNot });
    expect(disc(before.report)!.alarms).toBeLessThan(disc(report)!.hasNot);
    // Figures of the whole are measured at one half, whatever is kept.
    expect(report.figures[0]!.metrics).toEqual(before.report.figures[0]!.metrics);
  });

  it('shows the errors that it was surest of, and maps for single labels', async () => {
    const { page, report } = await write('shown', { openTest: true, images: true });
    expect(report.figures.map(({ on }) => on)).toEqual(['test', 'validation']);
    if ('missing' in report.failures || 'missing' in report.saliency) throw new Error('nothing is shown');
    const evaluation = await engine.call('run.evaluate', { id, part: 'test' });
    const subset = evaluation.figures!.images.whole.find(({ name }) => name === 'subsetAccuracy')!.share!;
    expect(report.failures).toMatchObject({ on: 'test', images: subset.of, wrong: subset.of - subset.count });
    const { worst } = report.failures;
    const sure = worst.map(({ label, predicted, probability }) => (predicted.split('|').includes(label!) ? probability : 1 - probability)); // prettier-ignore
    expect(sure).toEqual([...sure].sort((a, b) => b - a));
    for (const { label, class: row, predicted } of worst)
      expect(row.split('|').includes(label!)).not.toBe(predicted.split('|').includes(label!));
    expect(report.saliency.maps.every(({ label }) => (SHOWN as readonly string[]).includes(label!))).toBe(true);
    expect(page).toContain('yellow speaks most for the label that is named first beneath it');
    expect([...page.matchAll(/<img /g)].length).toBe(worst.length + report.saliency.maps.length);
    expect(page).not.toContain('p1_0.png');
  }, 60_000);
});

it('the share of a label in its decision curve is that of the images of which it is known', async () => {
  const { metrics, images } = await engine.call('run.evaluate', { id, part: 'validation' });
  expect(metrics.perClass.some(({ known }) => known! < images)).toBe(true);
  for (const { name, images: own, known } of metrics.perClass) {
    const { prevalence, positives } = await engine.call('run.decisionCurve', {
      id,
      part: 'validation',
      positive: name,
    });
    expect({ positives, prevalence }, name).toEqual({ positives: own, prevalence: own / known! });
  }
});
