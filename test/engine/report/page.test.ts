import { describe, expect, it } from 'vitest';
import type { StudyReport } from '../../../src-main/contract/report.ts';
import { reportFile } from '../../../src-main/contract/report.ts';
import { reportCard } from '../../../src-main/engine/report/card.ts';
import { checklistsOf } from '../../../src-main/engine/report/checklists/index.ts';
import { html } from '../../../src-main/engine/report/html.ts';
import { page } from '../../../src-main/engine/report/page.ts';
import { bySex, decided, figures, labelPoints, madeUp, madeUpLabels, measured, NASTY } from './madeUp.ts';

const shown = [{ src: 'data:image/webp;base64,AAAA', width: 10, height: 10 }];

/** The page as text, without its styles. */
const written = (report: StudyReport) => {
  const text = page({ report, checklists: checklistsOf(report), shown });
  return text.replace(/<style>[\s\S]*?<\/style>/, '');
};

describe('the template', () => {
  it('escapes what is put into it, in text and in attributes', () => {
    expect(html`<p title="${NASTY}">${NASTY}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;so on&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;so on&#39;</p>',
    );
  });

  it('takes HTML, lists and nothing as they are, and has a dash for no number', () => {
    const list = ['a', 'b'].map((each) => html`<li>${each}</li>`);
    expect(html`${list}${false}${null}${undefined}${1}${Number.NaN}`.text).toBe('<li>a</li><li>b</li>1–');
  });
});

const CASES: [string, Partial<StudyReport>][] = [
  ['a tested run', {}],
  ['a run that was not tested', { testOpened: null, figures: [figures()] }],
  ['a run without a test set', { hasTest: false, testOpened: null, figures: [figures()] }],
  [
    'one class, and nothing that can be said of it',
    {
      figures: [
        {
          ...figures('test'),
          metrics: {
            ...figures().metrics,
            ...{ auroc: null, auprc: null, sensitivity: null, specificity: null, loss: Number.POSITIVE_INFINITY },
          },
          figures: undefined,
          curves: [],
        },
      ],
      failures: { on: 'validation', images: 40, wrong: 0, confusions: [], worst: [] },
    },
  ],
  ['images whose patients are not known', { cohort: { ...madeUp().cohort, grouping: 'image', findings: [] } }],
  ['no predictions and no weights', { failures: { missing: 'None.' }, weights: { missing: 'None.' } }],
  ['no epoch kept', { training: { epochs: [], bestEpoch: null } }],
  [
    'subgroups of one of several labels',
    { subgroups: [{ ...bySex, label: { name: 'Disc', of: 99, threshold: 0.25, kept: true } }] },
  ],
  ['a run with a threshold, subgroups, a decision curve and prediction sets', { ...decided, subgroups: [bySex] }],
  [
    'a run of which none of these can be said',
    {
      calibration: { ...decided.calibration!, methods: [] },
      decisionCurve: {
        ...decided.decisionCurve!,
        thresholds: [],
        model: [],
        low: [],
        high: [],
        all: [],
        why: 'There is one class.',
      },
      conformal: { ...decided.conformal!, refused: 'Too few patients.', handed: null, sizes: null },
      subgroups: [
        {
          ...bySex,
          gaps: [],
          subgroups: [
            {
              ...bySex.subgroups[0]!,
              figures: [{ measure: 'auroc', value: null, interval: null, share: null, missing: 'few' }],
            },
          ],
        },
      ],
    },
  ],
  [
    'a sealed tournament',
    {
      testOpened: null,
      figures: [figures()],
      comparison: { kind: 'tournament', result: null, runs: 4, failed: 1, trainingSeconds: 90 },
    },
  ],
];

const SEVERAL: [string, StudyReport][] = [
  ['a run of many labels', madeUpLabels(14, { labelPoints })],
  ['a run of two labels, none of which has a threshold', madeUpLabels(2, { labelPoints: [] })],
  ['a run of one label', madeUpLabels(1)],
  [
    'a run of labels without predictions, named in one cell',
    madeUpLabels(3, {
      figures: madeUpLabels(3).figures.map((each) => ({
        ...each,
        figures: undefined,
        curves: undefined,
        histograms: [],
      })),
      cohort: { ...madeUpLabels(3).cohort, several: { none: 0, most: 1, policies: null, emptyCellIsNone: true } },
      failures: { missing: 'None.' },
    }),
  ],
  [
    'a sealed tournament of several labels',
    madeUpLabels(3, {
      testOpened: null,
      figures: madeUpLabels(3).figures.slice(1),
      comparison: { kind: 'tournament', result: null, runs: 4, failed: 0, trainingSeconds: 90 },
    }),
  ],
];

describe.each([...CASES.map(([what, changes]) => [what, madeUp(changes)] as const), ...SEVERAL])(
  'the report of %s',
  (_, report) => {
    const several = report.cohort.several !== undefined;
    const text = written(report);

    it('has every section, no scripts, and nothing that is no word', () => {
      expect(text).not.toMatch(/<script|\son\w+=|https?:\/\/(?!www\.w3\.org)|NaN|undefined|Infinity|\[object/);
      expect([...text.matchAll(/<h2 id="(\w+)"/g)].map(([, id]) => id)).toEqual([
        ...['summary', 'flow', 'data', 'findings', 'methods'],
        ...(report.comparison ? ['comparison'] : []),
        'results',
        ...(report.subgroups.length > 0 ? ['subgroups'] : []),
        ...(several || report.calibration ? ['calibration'] : []),
        ...['decisions', 'failures', 'maps', 'training', 'model', 'environment', 'checklists'],
      ]);
      for (const [, anchor] of text.matchAll(/href="#(\w+)"/g)) expect(text).toContain(`id="${anchor!}"`);
    });

    it('says of which images the figures are, and whether the test set was opened', () => {
      const tested = report.testOpened !== null;
      expect(text.includes('On the test images')).toBe(tested);
      expect(text.includes('The test set is sealed')).toBe(report.hasTest && !tested);
    });

    it('has a card without anything that is no word', () => {
      expect(reportCard(report)).not.toMatch(/NaN|undefined|Infinity|\[object/);
    });
  },
);

it.each(SEVERAL)('of %s nothing is said that is of one class an image', (_, report) => {
  const page = written(report);
  const text = page.replace(/<[^>]+>/g, ' ');
  expect(text).not.toMatch(/most probable class|softmax|confusion matrix|against the rest|each class|nothing was imputed/i); // prettier-ignore
  expect(text).toContain('each with a sigmoid');
  for (const { name } of report.cohort.classes) expect(page).toContain(html`<th scope="row">${name}</th>`.text);
});

it('draws as many labels as are told apart, and says which', () => {
  const charts = (count: number) => {
    const text = written(madeUpLabels(count));
    return { text, drawn: [...text.matchAll(/<figcaption>ROC curve/g)].length };
  };
  // Of test and of validation images.
  expect(charts(3).drawn).toBe(2 * 1);
  expect(charts(9).drawn).toBe(2 * 3);
  const many = charts(30);
  expect(many.drawn).toBe(2 * 3);
  expect(many.text).toContain('Drawn are the 12 labels that most images have.');
  expect(charts(12).text).not.toContain('Drawn are');
});

it('says what layers behind frozen ones were trained on', () => {
  const methodsOf = (changes: Partial<StudyReport['approach']['settings']>) => {
    const { approach } = madeUp();
    return reportCard(madeUp({ approach: { ...approach, settings: { ...approach.settings, ...changes } } }));
  };
  const augmentation = { flipHorizontal: false, flipVertical: false, crop: 0, rotation: 0, brightness: 0 };
  const behind = { strategy: 'layerwise', frozenVariants: 3 } as const;
  expect(methodsOf(behind)).toContain(
    'Of each, 3 augmented variants went through the frozen layers and were seen in turn, epoch after epoch; what these make of an image was computed once, and rounded to bfloat16 (8 significant bits) for training only.',
  );
  expect(methodsOf({ ...behind, frozenVariants: 1 })).toContain('Of each, 1 augmented variant went through');
  expect(methodsOf({ ...behind, augmentation })).toContain(
    'Training images were not augmented. What the frozen layers make of them was computed once, and rounded to bfloat16',
  );
  expect(methodsOf({ strategy: 'truncated', precision: 'float32' })).not.toContain('bfloat16');
  // And in which precision they were.
  expect(methodsOf({ precision: 'float32' })).toContain('Training was computed in float32.');
  expect(methodsOf({ precision: 'bfloat16' })).toContain('what lies between them were computed in bfloat16');
});

it('says what weights that were trained here descend from', () => {
  const { approach } = madeUp();
  const source = { ...approach.source!, lineage: ['random weights', 'textures', 'skin'] };
  const report = madeUp({ approach: { ...approach, source } });
  for (const text of [written(report), reportCard(report)]) {
    expect(text).toContain('trained here: random weights → textures → skin');
    expect(text).not.toContain('licence not known');
  }
});

describe('the JSON beside it', () => {
  it('is what its schema says, and has no images', () => {
    const report = madeUp();
    const json = JSON.stringify(reportFile.parse({ ...report, checklists: checklistsOf(report) }));
    expect(json).not.toContain('data:image');
    expect(reportFile.parse(JSON.parse(json)).figures[0]!.metrics.auroc).toBe(0.9);
  });
});

it('shows a class of several against the rest', () => {
  const classes = ['a', 'b', 'c'];
  const three = figures();
  const report = madeUp({
    figures: [
      {
        ...three,
        classes,
        figures: measured(classes),
        metrics: {
          ...three.metrics,
          perClass: classes.map((name) => ({ ...three.metrics.perClass[0]!, name })),
          confusionMatrix: [[3, 1, 0], [0, 5, 0], [1, 0, 4]], // prettier-ignore
        },
        curves: classes.map((name) => ({ ...three.curves![0]!, class: name })),
      },
    ],
  });
  expect(written(report)).toContain('Each class against the rest');
});

it('has every figure with the interval that stands first, how it was made, and why one is missing', () => {
  const text = written(madeUp());
  expect(text).toContain('0.900 (0.800 to 0.950)');
  expect(text).toContain('bootstrap, BCa');
  expect(text).toContain('14 of 20');
  expect(text).toContain('The class was never predicted.');
  expect(text).toContain('each patient counted once');
  expect(text).toContain('2 with images of several classes are left out of it');
});

it('counts people in each part by what is known of them, and asks the author for the rest', () => {
  const count = (images: number, groups: number) => ({ images, groups });
  const bySex = {
    by: 'sex',
    parts: ['train', 'validation'] as ('train' | 'validation')[],
    values: [
      { value: NASTY, counts: [count(71, 13), count(8, 2)] },
      { value: null, counts: [count(1, 1), count(0, 0)] },
    ],
  };
  const text = written(madeUp({ demographics: [bySex], testOpened: null, figures: [figures()] }));
  expect(text).toContain('By sex, images (patients) in each part');
  expect(text).toContain('<td>71 (13)</td><td>8 (2)</td>');
  expect(text).toContain('not said');
  expect(text).toContain('Of the test part they are counted once it was opened.');
  expect(text).toContain('Give age and clinical characteristics in each part');
});
