import { cohortOf, countedGroups, type Grouping } from '../../contract/groups.ts';
import { asLineage, lineageOf, type OriginFigures, type SourceOrigin } from '../../contract/origin.ts';
import type { SourceSummary } from '../../contract/source.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';

/** The model card of a source in Markdown: what it is for, what it was trained on, how well that went, and its limits. */
export function sourceCard(source: SourceSummary): string {
  const { origin } = source;
  const sections = origin === null ? [head(source), ofFile(source)] : [head(source), ...ofOwn(source, origin)];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const head = ({ name, backbone, parameters, sha256, addedAt }: SourceSummary): string[] => [
  `# Source ${code(name)}`,
  '',
  `Weights of ${findBackbone(backbone).title} (${code(backbone)}, ${parameters.toLocaleString('en-GB')} parameters without a classifier), for networks to begin with. Added ${addedAt.slice(0, 10)}. SHA-256 ${code(sha256)}.`,
];

const ofFile = ({ format, catalogue, missing }: SourceSummary): string[] => [
  '## Origin',
  '',
  `Added from a file (${format}${catalogue === null ? '' : `, catalogue entry ${code(catalogue)}`}). What it was trained on is not known here beyond that: whether images of a study are among those cannot be told.${missing === 0 ? '' : ` ${missing} of its arrays are missing, and start at random values.`}`,
];

function ofOwn(source: SourceSummary, origin: SourceOrigin): string[][] {
  return [
    ['## Lineage', '', asLineage(lineageOf(source).map(code)), '', ...parents(origin)],
    data(origin),
    results(origin),
    [
      '## Settings',
      '',
      ...table(
        ['Setting', 'Value'],
        origin.settings.map(({ name, value }) => [name, value]),
      ),
    ],
    limits(origin),
  ];
}

function parents({ parents: before }: SourceOrigin): string[] {
  if (before.length === 0) return ['Training began with random weights.'];
  return before.map(
    ({ name, sha256, nature, catalogue }) =>
      `- ${code(name)}${catalogue === null ? '' : `, catalogue entry ${code(catalogue)}`}, ${nature === null ? 'added from a file' : `${NATURES[nature]}, trained here`}, SHA-256 ${code(sha256)}`,
  );
}

const NATURES = { medical: 'medical images', natural: 'natural images', unknown: 'images of a kind that nobody named' };

function data({ data: found, nature, seen, epochs }: SourceOrigin): string[] {
  const { split, grouping, classes, grey, images } = found;
  return [
    '## Data',
    '',
    `${sentence(NATURES[nature])}. ${colour(grey, images)} Fingerprint of the data: ${code(found.fingerprint)}. No image, file name or patient identifier is in this card.`,
    '',
    ...table(
      ['Part', 'Images', ...(grouping === 'image' ? [] : ['Of'])],
      Object.entries(split).map(([name, counts]) => [name, counts.images, ...(grouping === 'image' ? [] : [countedGroups(counts.groups, grouping)])]), // prettier-ignore
    ),
    '',
    ...table(
      [found.several ? 'Label' : 'Class', 'Trained on', 'Validation'],
      classes.map(({ name, train, validation }) => [code(name), train, validation]),
    ),
    '',
    `The weights are those of epoch ${epochs.best} of ${epochs.done}, the best by validation ${epochs.by}. Digests of ${seen.images.toLocaleString('en-GB')} images are kept with them, those of the sources before them included: by these it is told whether images of a study were among them.`,
  ];
}

function colour(grey: number | null, images: number): string {
  if (grey === null) return 'How many of them have colour is not known.';
  if (grey === 0) return 'All of them have colour.';
  return grey === images
    ? 'None of them has colour.'
    : `${images - grey} of ${images} have colour, the others are grey.`;
}

function results({ validation, test, testSealed, data: { grouping, several } }: SourceOrigin): string[] {
  const columns = [validation, ...(test ? [test] : [])];
  return [
    '## How well it told its own classes apart',
    '',
    ...table(
      ['', 'Validation (the epoch was chosen here: optimistic)', ...(test ? ['Test'] : [])],
      [
        ['Images', ...columns.map((each) => cohortOf(each, grouping as Grouping))],
        [
          several ? 'Accuracy (share of the known labels called rightly)' : 'Accuracy',
          ...columns.map(({ accuracy }) => figure(accuracy)),
        ],
        [
          several ? 'AUROC (mean over labels)' : 'AUROC (several classes: mean of one against the rest)',
          ...columns.map(({ auroc }) => figure(auroc)),
        ],
      ],
    ),
    '',
    `In brackets: 95 % intervals, where there are any.${testSealed ? ' The test set of the run is sealed: nobody asked for its figures, and none are here.' : test ? '' : ' There was no test set.'}`,
  ];
}

const figure = ({ value, low, high }: OriginFigures['auroc']): string =>
  value === null ? 'not defined' : `${value.toFixed(4)}${low === null || high === null ? '' : ` (${low.toFixed(4)} to ${high.toFixed(4)})`}`; // prettier-ignore

const limits = ({ parents: before }: SourceOrigin): string[] => [
  '## Limits',
  '',
  'A beginning for other networks, not a classifier: its own is not part of it. That it tells its own classes apart says little about what it is worth for others; measure that on the target. Images that it was trained on must not be tested on.',
  ...(before.some(({ nature }) => nature === null)
    ? ['', 'It began with weights that were added from a file: whether images of a study are among what those were trained on cannot be told.'] // prettier-ignore
    : []),
];

const code = (text: string): string => `\`${text}\``;
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`; // prettier-ignore
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}
