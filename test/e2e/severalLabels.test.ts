import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { certificate } from '../../src-main/contract/certificate.ts';
import { comparisonSummary } from '../../src-main/contract/comparison/index.ts';
import { evaluation } from '../../src-main/contract/evaluation.ts';
import { contract } from '../../src-main/contract/index.ts';
import { runSummary } from '../../src-main/contract/run.ts';
import { folderForFile } from '../support/folder.ts';
import { severalLabelsStudy, SHOWN } from '../support/severalLabels.ts';
import { json, run } from './support/cutpoint.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const in_ = ['--workspace', join(folder, 'workspace')];
let id: string;

beforeAll(async () => {
  await severalLabelsStudy(study, { patients: 60 });
  const trained = await json(runSummary, [
    ...['train', '--data', study, '--labels', join(study, 'labels.csv'), '--label-columns', ...SHOWN, ...in_],
    ...['--backbone', 'cbr_tiny', '--cut', 'layer3.pool', '--source', 'none', '--input', '32', '--epochs', '10'],
    ...['--lr', '0.003', '--go-on', 'all', '--open-test', 'the test of several labels'],
  ]);
  expect(trained).toMatchObject({ status: 'completed', classes: SHOWN, plan: { task: 'multi-label' } });
  id = trained.id;
}, 240_000);

it('each label is found on patients that the network has not seen, uncertain ones left out', async () => {
  const { test } = await json(runSummary, ['run', id, ...in_]);
  expect(test!.several).toBe(true);
  expect(test!.metrics.confusionMatrix).toEqual([]);
  for (const { name, auroc, images, known } of test!.metrics.perClass) {
    expect(auroc, name).toBeGreaterThan(0.9);
    expect(known, name).toBeLessThanOrEqual(test!.images);
    expect(images).toBeLessThan(known!);
  }
  const { stdout } = await run(['evaluate', id, ...in_]);
  expect(stdout).toContain('mean over labels');
  expect(stdout).not.toContain('True \\ predicted');
});

it('an exported file has a probability of its own for each label, and answers as the application does', async () => {
  for (const [format, out] of [
    ['onnx', 'model.onnx'],
    ['keras', 'model.keras'],
    ['tfjs', 'model'],
  ] as const) {
    const path = join(folder, out);
    const { status, stderr } = await run(['export', id, '--format', format, '--out', path, '--no-latency', ...in_]);
    expect({ status, stderr }, format).toMatchObject({ status: 0 });
    const { model, parity } = certificate.parse(JSON.parse(readFileSync(`${path}.certificate.json`, 'utf8')));
    expect(model).toMatchObject({ outputs: 'sigmoid', classes: SHOWN, positive: null, threshold: null });
    expect(parity.changedDecisions).toBe(0);
    expect(parity.largestDifference).toBeLessThan(1e-4);
  }
  const images = [0, 1, 2, 3].map((at) => join(study, `p${at}_0.png`));
  const schema = contract['model.predict'].output;
  const [file, network] = await Promise.all([
    json(schema, ['predict', join(folder, 'model.onnx'), ...images, ...in_]),
    json(schema, ['predict', id, ...images, ...in_]),
  ]);
  expect(file.outputs).toBe('sigmoid');
  expect(file.predictions.map(({ predicted }) => predicted)).toEqual(network.predictions.map(({ predicted }) => predicted)); // prettier-ignore
  file.predictions.forEach(({ probabilities, predicted }) => {
    const called = SHOWN.filter((_, label) => probabilities[label]! >= 0.5);
    expect(predicted).toBe(called.length === 0 ? '(none)' : called.join('|'));
  });
}, 120_000);

it('its report has the figures of each label that an evaluation has', async () => {
  const out = join(folder, 'report.html');
  expect(await run(['report', id, '--out', out, '--no-images', ...in_])).toMatchObject({ status: 0 });
  const page = readFileSync(out, 'utf8');
  const cells = (caption: string, name: string) => {
    const rows = page
      .split('<caption>')
      .find((each) => each.startsWith(caption))!
      .split('<tr>');
    const own = rows.find((each) => each.startsWith(`<th scope="row">${name}</th>`))!;
    return [...own.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!.replace(/<[^>]+>/g, ''));
  };
  const { metrics, figures } = await json(evaluation, ['evaluate', id, '--part', 'test', ...in_]);
  const { perClass } = figures!.images;
  for (const [at, { name, images, known }] of metrics.perClass.entries()) {
    const [have, ...byProbability] = cells('Each label against not having it, by its probability', name);
    expect(have).toBe(`${images} of ${known}`);
    const said = [...byProbability, ...cells('Each label, called from a probability of 0.5 on<', name).slice(1)];
    const names = ['auroc', 'auprc', 'auprcTrapezoidal', 'brier', 'sensitivity', 'specificity', 'ppv', 'npv'];
    const expected = names.map((figure) => {
      const { value, intervals } = perClass[at]!.figures.find((each) => each.name === figure)!;
      const [first] = intervals;
      if (value === null) return '–';
      return `${value.toFixed(3)}${first ? ` (${first.low.toFixed(3)} to ${first.high.toFixed(3)})` : ''}`;
    });
    expect(said, name).toEqual(expected);
  }
}, 60_000);

it('a group of labels becomes a source, with how many images have each', async () => {
  const { status, stderr } = await run([
    ...[
      'source',
      'train',
      '--data',
      study,
      '--labels',
      join(study, 'labels.csv'),
      '--label-columns',
      'Disc',
      'Stripes',
    ],
    ...['--backbone', 'cbr_tiny', '--input', '32', '--epochs', '1', '--name', 'shapes', '--go-on', 'all', ...in_],
  ]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stderr).not.toContain('POSITIVE_UNCERTAIN');
  const {
    source: { origin },
  } = await json(contract['source.get'].output, ['source', 'show', 'shapes', ...in_]);
  const { several, classes, split } = origin!.data;
  expect(several).toBe(true);
  expect(classes.map(({ name }) => name)).toEqual(['Disc', 'Stripes']);
  const labels = await json(contract['data.audit'].output, [
    ...['audit', study, '--labels', join(study, 'labels.csv'), '--label-columns', 'Disc', 'Stripes', ...in_],
  ]);
  for (const [at, { train, validation }] of classes.entries()) {
    // Some of the images that have it are tested.
    expect(train + validation).toBeLessThan(labels.classes[at]!.images);
    expect(train / split.train.images).toBeGreaterThan(0.2);
  }
  expect((await run(['source', 'show', 'shapes', '--card', ...in_])).stdout).toContain('AUROC (mean over labels)');
}, 60_000);

it('a threshold is kept for each label, and goes with the exported file', async () => {
  const keep = ['--rule', 'fixed', '--keep', ...in_];
  expect(await run(['threshold', id, '--class', 'Disc', '--threshold', '0', ...keep])).toMatchObject({ status: 0 });
  expect(await run(['threshold', id, '--class', 'Bright', '--threshold', '1', ...keep])).toMatchObject({ status: 0 });
  const path = join(folder, 'decided.onnx');
  expect(await run(['export', id, '--format', 'onnx', '--out', path, '--no-latency', ...in_])).toMatchObject({ status: 0 }); // prettier-ignore
  const { model } = certificate.parse(JSON.parse(readFileSync(`${path}.certificate.json`, 'utf8')));
  expect(model.labelPoints!.map(({ positive, threshold }) => [positive, threshold])).toEqual([['Disc', 0], ['Bright', 1]]); // prettier-ignore
  expect(readFileSync(`${path}.card.md`, 'utf8')).toContain('## Threshold of `Disc`');
  const { predictions, decisions } = await json(contract['model.predict'].output, [
    ...['predict', path, ...[0, 1, 2, 3].map((at) => join(study, `p${at}_0.png`)), ...in_],
  ]);
  expect(decisions).toEqual([{ positive: 'Disc', threshold: 0 }, { positive: 'Bright', threshold: 1 }]); // prettier-ignore
  // Every image reaches 0, and none quite 1.
  expect(predictions.every(({ predicted }) => predicted.includes('Disc') && !predicted.includes('Bright'))).toBe(true);
  expect(await run(['threshold', id, '--class', 'Disc', '--forget', ...in_])).toMatchObject({ status: 0 });
  expect(await run(['threshold', id, '--class', 'Bright', '--forget', ...in_])).toMatchObject({ status: 0 });
}, 60_000);

const learn = [
  ...['--data', study, '--labels', join(study, 'labels.csv'), '--label-columns', ...SHOWN, '--go-on', 'all'],
  ...['--backbone', 'cbr_tiny', '--input', '32', ...in_],
];

it('a tournament compares networks on each label, on the same patients', async () => {
  const { result, id: comparison } = await json(comparisonSummary, [
    ...['tournament', ...learn, '--epochs', '2', '--lr', '0.003', '--strategies', 'full,truncated'],
    ...['--cuts', 'layer2.pool', '--folds', '2', '--open-test', 'a comparison of labels'],
  ]);
  if (result?.kind !== 'tournament') throw new Error('no tournament');
  expect(result).toMatchObject({ images: 120, patients: 60 });
  const [truncated] = result.rows.filter(({ against }) => against !== null);
  expect(truncated!.against!.classes.map((each) => each.class)).toEqual(SHOWN);
  const { both, onlyOwn, onlyReference, neither } = truncated!.against!.decisions;
  expect(both + onlyOwn + onlyReference + neither).toBe(120);
  const out = join(folder, 'tournament.html');
  expect(await run(['report', comparison, '--out', out, '--no-images', ...in_])).toMatchObject({ status: 0 });
  const page = readFileSync(out, 'utf8');
  expect(page).toContain('AUROC and average precision are plain means over the labels.');
  expect(page).toContain('Sensitivity of each label at the specificity that the reference has');
  expect(page).toContain(
    `Both call ${both} rightly, only this model ${onlyOwn}, only the reference ${onlyReference}, neither ${neither}`,
  );
}, 120_000);

it('a probe finds how far each cut tells the labels apart', async () => {
  const { cuts, classes } = await json(contract['probe.sweep'].output, ['probe', ...learn, '--source', 'none']);
  expect(classes).toEqual(SHOWN);
  expect(Math.max(...cuts.map(({ auroc }) => auroc.mean))).toBeGreaterThan(0.8);
  expect(new Set(cuts.map(({ logMe }) => logMe))).toEqual(new Set([null]));
}, 60_000);

it('figures by subgroup are of the label that is named', async () => {
  const by = ['--part', 'test', '--column', 'Bright', '--least', '2', ...in_];
  const { stdout } = await run(['subgroups', id, '--label', 'Disc', ...by]);
  expect(stdout).toMatch(
    /‘Disc’ against not having it, on the images of which that is known: (\d+) of (\d+)\. Called from a probability of 0\.5 on\./,
  );
  expect(stdout).toContain('sensitivity of Disc');
  const { status, stderr } = await run(['subgroups', id, ...by]);
  expect(status).not.toBe(0);
  expect(stderr).toContain('The labels are: Bright, Disc, Stripes.');
});

it('calibration is measured of the label that is named, and none is kept', async () => {
  const { stdout } = await run(['calibration', id, '--label', 'Disc', '--part', 'test', ...in_]);
  expect(stdout).toContain('‘Disc’ against not having it, on the images of which that is known: ');
  expect(stdout).not.toContain('Temperature');
  for (const keep of [[], ['--keep']]) {
    const { status, stderr } = await run(['calibration', id, '--label', 'Disc', '--method', 'temperature', ...keep, ...in_]); // prettier-ignore
    expect(status).not.toBe(0);
    expect(stderr).toContain('Probabilities of several labels are not calibrated');
  }
});

it('what is made for one class an image says in one sentence that it has none of several labels', async () => {
  const { status, stderr } = await run(['abstain', id, ...in_]);
  expect(status).not.toBe(0);
  expect(stderr).toContain('[INPUT_INVALID]');
});
