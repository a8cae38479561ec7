import type { OutputOf } from '../../contract/index.ts';
import type { Explanation, FilterLayer, Localisation, MapCheck } from '../../contract/explain.ts';
import { countedGroups, wordsFor } from '../../contract/groups.ts';
import { facts, paragraphs, table } from './table.ts';
import { capitalised, counted, metric, share } from './units.ts';

export interface MapRow {
  number: number;
  name: string;
  map: Explanation;
  files: string[];
}

/** A layer's filters with the names of their images. */
export type WrittenLayer = Omit<FilterLayer, 'filters'> & {
  sheet: string;
  filters: (Omit<FilterLayer['filters'][number], 'png'> & { file: string })[];
};

type Problem = { file: string; code: string; message: string };
const listed = (problems: readonly Problem[]): string =>
  problems.map(({ file, code, message }) => `${file}: ${message} [${code}]`).join('\n');
const right = (title: string) => ({ title, align: 'right' as const });

/** What was explained, image by image, and what to know about single maps. */
export function describeMaps(found: {
  cut: string;
  method: string;
  folder: string;
  rows: readonly MapRow[];
  problems: readonly Problem[];
}): string {
  const { cut, method, folder, rows, problems } = found;
  return paragraphs(
    `${method} at ${cut}, of the gradient of the class's logit, in ${folder}`,
    table(
      [right('No.'), { title: 'Picture' }, { title: 'Explained' }, { title: 'Predicted' }, right('Probability'), right('Logit'), right('Pixels')],
      rows.map(({ number, name, map }) => [
        String(number),
        name,
        map.class,
        map.predicted,
        Math.max(...map.probabilities).toFixed(4),
        map.logit.toFixed(3),
        `${map.restored.width} × ${map.restored.height}`,
      ]),
    ),
    rows.flatMap(({ number, map }) => map.notes.map(({ message }) => `${number}: ${message}`)).join('\n'),
    listed(problems),
  ); // prettier-ignore
}

const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

/** Figures of the checks, and what they mean in plain sentences. */
export function describeChecks({
  cut,
  method,
  checks,
  problems,
}: Pick<OutputOf<'explain.check'>, 'cut' | 'method'> & {
  checks: readonly (Omit<MapCheck, 'picture'> & { file: string })[];
  problems: readonly Problem[];
}): string {
  return paragraphs(
    `${method} at ${cut}; 1: the same map, 0: an unrelated one`,
    ...checks.map(({ file, class: name, cascade, repeatability, verdict, notes }) =>
      paragraphs(
        `${file}, ${name}`,
        table(
          [{ title: 'Compared with' }, right('Rank'), right('Rank of |map|'), right('SSIM'), right('Blank')],
          [
            ...cascade.map((row) => [`random from the head to ${row.stage}`, row]),
            ...(repeatability ? [[`other seeds, ${counted(repeatability.pairs, 'pair')}`, repeatability]] : []),
          ].map(([title, row]) => {
            const { spearman, spearmanAbsolute, ssim, blank } = row as MapCheck['cascade'][number];
            const cells = [figure(spearman), figure(spearmanAbsolute), figure(ssim), blank ? String(blank) : ''];
            return [title as string, ...cells];
          }),
        ),
        [...verdict.sentences, ...notes.map(({ message }) => message)].join('\n'),
      ),
    ),
    listed(problems),
  );
}

/** Rates beside those of chance. */
export function describeLocalisation(found: Localisation): string {
  const { pointing, pointingStrict, iou, images } = found;
  const hits = (hit: 'hit' | 'strictHit') => share(found.perImage.filter((each) => each[hit]).length, images);
  const row = (title: string, { images: own, patients, chance }: typeof iou | typeof pointingStrict, counts: string) =>
    [title, metric(own), metric(patients), metric(chance), counts]; // prettier-ignore
  const unknown = images - found.patientKnown;
  const whose =
    unknown === 0
      ? `, of ${countedGroups(found.patients, found.grouping)}`
      : `; ${unknown === images ? 'whose they are' : `of ${unknown} of them, whose they are`} is not known: each of these counts on its own`;
  return paragraphs(
    facts([
      ['Maps', `${found.method} at ${found.cut}, ${found.class ?? 'of the class predicted'}`],
      ['Images', `${counted(images, 'image')} with a finding${whose}`],
      ['Blank maps', `${found.blank}, counted as missed`],
      ['Without a finding', `${found.withoutRegion} in the table, left out`],
    ]),
    table(
      [
        { title: '' },
        right('Images'),
        right(unknown === images ? 'Each on its own' : capitalised(wordsFor(found.grouping).many)),
        right('By chance'),
        right('Hits'),
      ],
      [
        row(`Peak within ${(100 * pointing.tolerance).toFixed(1)} % of the side`, pointing, hits('hit')),
        row('Peak in the finding', pointingStrict, hits('strictHit')),
        row(`Overlap (IoU) above ${(100 * iou.threshold).toFixed(0)} % of the peak`, iou, ''),
      ],
    ),
    listed(found.problems),
  );
}

/** Kinds of filters, layer by layer. */
export function describeFilters(layers: readonly WrittenLayer[], folder: string): string {
  const kinds = ['directional', 'colour', 'noise', 'complex'] as const;
  return paragraphs(
    table(
      [{ title: 'Layer' }, right('Channels'), right('Shown'), ...kinds.map(right), right('silent'), { title: 'Sheet' }],
      layers.map(({ cut, channels, filters, counts, silent, sheet }) => [
        cut,
        ...[channels, filters.length, ...kinds.map((kind) => counts[kind]), silent].map(String),
        sheet,
      ]),
    ),
    `The images, and what was measured on each, are in ${folder}.`,
  );
}
