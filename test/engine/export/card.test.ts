import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { positiveOf } from '../../../src-main/contract/classes.ts';
import type { Certificate } from '../../../src-main/contract/certificate.ts';
import type { Evaluation } from '../../../src-main/contract/evaluation.ts';
import { modelCard } from '../../../src-main/engine/export/card.ts';
import { computeLabelMetrics } from '../../../src-main/engine/metrics/labelMetrics.ts';
import { computeMetrics } from '../../../src-main/engine/metrics/metrics.ts';

const parity = { images: 4, largestDifference: 0, meanDifference: 0, changedDecisions: 0, runtime: 'onnxruntime 1' };

function certificate(classes: string[], chosen?: string, more: Partial<Certificate['data']> = {}): Certificate {
  return {
    kind: 'cutpoint-certificate',
    version: 1,
    producer: '1.0.0',
    createdAt: '2026-11-28T10:00:00.000Z',
    file: { name: 'model.onnx', format: 'onnx', bytes: 1, sha256: '0' },
    options: { precision: 'float32', foldBatchNorm: false, anySize: false },
    model: {
      ...{ run: 'r', backbone: 'resnet18', cut: null, network: 'the whole network', classifier: 'softmax', classes },
      ...{ threshold: 0.5, input: { height: 32, width: 32 }, fit: 'letterbox', grey: false, weightsSha256: '0' },
      ...{ preprocessing: { mean: [0, 0, 0], std: [1, 1, 1] }, parameters: 1, macs: 1 },
      positive: positiveOf(classes, chosen) ?? null,
    },
    full: { parameters: 1, macs: 1 },
    data: { fingerprint: 'f', split: { train: { images: 8, groups: 8 }, test: { images: 4, groups: 4 } }, ...more },
    ...{ source: null, tolerance: null, parity, stored: null, wholePath: null, effect: null, latency: null },
  };
}

function cardOf(classes: string[], chosen?: string, more: Partial<Certificate['data']> = {}): string {
  const metrics = computeMetrics([0, 0, 1, 1], Float32Array.from([0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9]), classes);
  const test: Evaluation = { run: 'r', on: 'test', images: 4, groups: 4, classes, metrics, problems: [] };
  return modelCard(certificate(classes, chosen, more), {
    title: 'ResNet-18',
    paper: 'p',
    format: 'onnx',
    test,
    sealed: false,
  });
}

test('the card says which epoch was kept, and by what it was the best', () => {
  const facts = { title: 'ResNet-18', paper: 'p', format: 'onnx' as const, test: null, sealed: false };
  const { model, ...rest } = certificate(['normal', 'ill']);
  expect(modelCard({ ...rest, model }, facts)).not.toContain('epoch');
  const epoch = { number: 3, of: 9, by: 'balanced accuracy' };
  expect(modelCard({ ...rest, model: { ...model, epoch } }, facts)).toContain(
    'from run `r`. Its weights are those of epoch 3 of 9, the best by validation balanced accuracy.',
  );
});

test('the card tells of each label of which an image may have several, were they but two', () => {
  const classes = ['Disc', 'Stripes'];
  const rows = Int8Array.from([1, 0, 0, 1, 1, 1, 0, -1]);
  const metrics = computeLabelMetrics(rows, Float32Array.from([0.9, 0.2, 0.6, 0.7, 0.8, 0.4, 0.1, 0.3]), classes);
  const test: Evaluation = {
    run: 'r',
    on: 'test',
    images: 4,
    groups: 4,
    classes,
    several: true,
    metrics,
    problems: [],
  };
  const { model, ...rest } = certificate(classes);
  const card = modelCard(
    { ...rest, model: { ...model, outputs: 'sigmoid', positive: null, threshold: null } },
    { title: 'ResNet-18', paper: 'p', format: 'onnx', test, sealed: false },
  );
  expect(card).toContain('Tells which of 2 labels an image has.');
  expect(card).toContain('Test images with each label: `Disc`: 2, `Stripes`: 2.');
  expect(card).toContain('| AUROC (mean of labels) | 1.0000 |');
  expect(card).toContain('| `Disc` | 2 | 4 | 1.0000 | 1.0000 | 1.0000 | 0.5000 |');
  expect(card).toContain('| `Stripes` | 2 | 3 | 1.0000 | 1.0000 | 0.5000 | 1.0000 |');
  expect(card).not.toMatch(/Confusion|Sensitivity for|AUPRC of|by class/);
});

describe('the card speaks of', () => {
  const classes = ['normal', 'ill'];
  test('images alone where no patient is known', () => {
    const card = cardOf(classes, undefined, { grouping: 'image' });
    expect(card).toContain('4 images, none of which the network was trained on');
    expect(card).toContain('| Part | Images |\n');
    expect(card).toContain('It was not known which images are of the same patient.');
    expect(card).not.toMatch(/\d+ patients/);
  });

  test('patients, studies or series where they are', () => {
    for (const [grouping, words] of [
      ['patient', 'patients'],
      ['study', 'imaging studies'],
      ['series', 'series'],
    ] as const)
      expect(cardOf(classes, undefined, { grouping })).toContain(
        `4 images of 4 ${words}, of none of which the network was trained on`,
      );
  });

  test('what each part is of, where the test images are from a folder of another kind', () => {
    const images = cardOf(classes, undefined, { grouping: 'patient', testGrouping: 'image' });
    expect(images).toContain('4 images, none of which the network was trained on');
    expect(images).toContain('| Part | Images | Groups |\n');
    expect(images).toContain('| train | 8 | 8 patients |\n| test | 4 | 4 images |\n');
    const patients = cardOf(classes, undefined, { grouping: 'image', testGrouping: 'patient' });
    expect(patients).toContain(
      '4 images of 4 patients, none of the images being among those that the network was trained on; whether others of the same patients were is not known',
    );
    expect(patients).toContain('It was not known which images are of the same patient.');
  });

  test('the weights it began with: where those came from, or what they descend from where they were trained here', () => {
    const facts = { title: 'T', paper: 'P', format: 'onnx', test: null, sealed: false } as const;
    const began = { name: 'skin', sha256: 'abc', catalogue: null, licence: null };
    const cardFrom = (source: Certificate['source']) => modelCard({ ...certificate(['a', 'b']), source }, facts);
    expect(cardFrom(began)).toContain('Licence of these weights: not known to Cutpoint');
    const own = cardFrom({ ...began, lineage: ['random weights', 'skin'] });
    expect(own).toContain('They were trained here: `random weights` → `skin`.');
    expect(own).not.toContain('not known to Cutpoint');
  });

  test('what was accepted', () => {
    const findings = [{ code: 'LOST_CLASS', message: 'The class "c" is lost.', grave: true }];
    expect(cardOf(classes, undefined, { findings })).toContain('- The class "c" is lost. **Accepted;');
    const kept = [{ reason: 'A phantom.' }, {}].map((why) => ({ code: 'BLANK', message: 'Blank.', kept: why }));
    expect(cardOf(classes, undefined, { findings: kept })).toContain(
      '- Blank. **Looked at, and kept as it is: A phantom.**\n- Blank. **Looked at, and kept as it is.**',
    );
  });
});

describe('the card of a model of two classes', () => {
  test('names the positive class at every number that is about it, and how it is known', () => {
    const card = cardOf(['OTHER', 'COVID']);
    for (const measure of ['AUPRC of', 'Sensitivity for', 'Specificity for']) {
      expect(card).toContain(`| ${measure} \`COVID\` | 1.0000 |`);
    }
    expect(card).toContain('The positive class is `COVID`: ‘OTHER’ names everything else.');
    expect(cardOf(['COVID', 'OTHER'], 'OTHER')).toContain('`OTHER`: it was chosen as the positive class.');
  });

  test('says where nobody chose it and no name tells', () => {
    expect(cardOf(['cat', 'dog'])).toMatch(
      /\*\*The positive class is not certain\.\*\* .*‘dog’ is taken as the positive class/,
    );
  });
});

describe('how pictures are prepared', () => {
  const facts = { title: 'ResNet-18', paper: 'p', format: 'onnx', test: null, sealed: false } as const;
  const card = (changes: Partial<Certificate>, fit = 'letterbox') => {
    const own = { ...certificate(['a', 'b']), ...changes };
    return modelCard({ ...own, model: { ...own.model, fit, input: { height: 64, width: 64 } } }, facts);
  };
  const lines = readFileSync(new URL('../../golden/prepare.py', import.meta.url), 'utf8');

  test('is in the lines that the expected pixels of golden/resize.json were computed with', () => {
    expect(card({})).toContain(`\`\`\`python\n${lines}\`\`\``);
    expect(card({}, 'crop')).toContain(lines.replace('side = max(', 'side = min('));
    const { model } = certificate(['a', 'b']);
    const scaled = card({ model: { ...model, greyScale: { black: 100, white: 4000 } } });
    expect(scaled).toContain('        black, white = 100, 4000\n');
    expect(card({}, 'stretch')).toContain('    w, h = size, size\n    across, down');
  });

  test('and a file that resizes takes them at their own size, and says how far it is off from there on', () => {
    const options = { precision: 'float32', foldBatchNorm: false, anySize: true };
    const wholePath = { ...parity, images: 60, of: 75, largestDifference: 0.11, changedDecisions: 5 };
    const own = card({ options, wholePath });
    expect(own).toContain("images = np.asarray(levels('picture.png'))[None]");
    expect(own).toMatch(
      /from the pixels of the original images on: on 60 held-out images, .* at most 1\.1e-1 .*; 5 decisions change\. There are 75 held-out images\./,
    );
    expect(card({})).toContain("images = prepare(levels('picture.png'))[None]");
  });
});
