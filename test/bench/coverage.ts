// `npm run bench:coverage`: how often intervals at nominal 95 % hold the true value, in studies drawn from known
// populations of 30, 100 and 300 patients. The true values are those of 300,000 patients. STUDIES=N of each size.
import type { FigureSet, MeasuredFigure } from '../../src-main/contract/figures.ts';
import type { Predictions } from '../../src-main/engine/metrics/bootstrap.ts';
import { measureSet } from '../../src-main/engine/metrics/figureSet.ts';
import { generator } from '../../src-main/engine/random.ts';
import { standardNormal } from '../../src-main/engine/similarity/randomFeatures.ts';

const STUDIES = Number(process.env['STUDIES'] ?? 500);
const SIZES = [30, 100, 300];
const RESAMPLES = 1000;
const TRUTH = 300_000;

interface Population {
  title: string;
  classes: string[];
  /** Share of patients of each class. */
  shares: number[];
  /** Images of a patient, of whose score half the variance is the patient's. */
  images: number;
}
const populations: Population[] = [
  { title: 'two classes, 30 % positive, one image', classes: ['no', 'yes'], shares: [0.7, 0.3], images: 1 },
  { title: 'two classes, 30 % positive, three images', classes: ['no', 'yes'], shares: [0.7, 0.3], images: 3 },
  { title: 'three ordered classes, one image', classes: ['0', '1', '2'], shares: [0.5, 0.3, 0.2], images: 1 },
];

/** Softmax of a score per class, which for the true class is 1.5 higher on average. */
function drawn({ classes, shares, images }: Population, patients: number, random: () => number): Predictions {
  const k = classes.length;
  const labels: number[] = [];
  const groups: string[] = [];
  const probabilities = new Float32Array(patients * images * k);
  const scores = new Float64Array(k);
  for (let patient = 0; patient < patients; patient++) {
    const x = random();
    let sum = 0;
    const label = Math.max(0, shares.findIndex((share) => x < (sum += share)));
    const own = classes.map(() => standardNormal(random) * Math.SQRT1_2);
    for (let image = 0; image < images; image++) {
      for (let each = 0; each < k; each++)
        scores[each] = own[each]! + standardNormal(random) * Math.SQRT1_2 + (each === label ? 1.5 : 0);
      const total = scores.reduce((all, score) => all + Math.exp(score), 0);
      for (let each = 0; each < k; each++) probabilities[labels.length * k + each] = Math.exp(scores[each]!) / total;
      labels.push(label);
      groups.push(`p${patient}`);
    }
  }
  return { labels, probabilities, groups };
} // prettier-ignore

/** What is looked at: of two classes the positive one, of several the means, and what there is one of. */
const figuresIn = ({ whole, perClass, macro, weighted }: FigureSet): [string, MeasuredFigure][] => [
  ...(perClass.length === 2 ? perClass[1]!.figures : []).map((figure) => [figure.name, figure] as [string, MeasuredFigure]),
  ...macro.map((figure) => [`${figure.name}, macro`, figure] as [string, MeasuredFigure]),
  ...weighted.map((figure) => [`${figure.name}, weighted`, figure] as [string, MeasuredFigure]),
  ...whole.map((figure) => [figure.name, figure] as [string, MeasuredFigure]),
]; // prettier-ignore

for (const population of populations) {
  const { classes, title } = population;
  const position = classes.length > 2 ? classes.map((_, label) => label) : null;
  const measure = async (of: Predictions, resamples: number) =>
    (await measureSet(of, { classes, position }, { resamples, confidence: 0.95 })).set;
  const truth = new Map(
    figuresIn(await measure(drawn({ ...population, images: 1 }, TRUTH, generator('truth')), 0)).map(
      ([name, { value }]) => [name, value!],
    ),
  );
  /** Per figure and method, for each size: how many intervals there were, and how many held the truth. */
  const counts = new Map<string, { held: number; all: number }[]>();
  for (const [at, patients] of SIZES.entries())
    for (let study = 0; study < STUDIES; study++) {
      const set = await measure(drawn(population, patients, generator('study', patients, study)), RESAMPLES);
      for (const [name, { intervals }] of figuresIn(set))
        for (const { method, low, high } of intervals) {
          const key = `${name} | ${method}`;
          if (!counts.has(key)) counts.set(key, SIZES.map(() => ({ held: 0, all: 0 })));
          const count = counts.get(key)![at]!;
          count.all += 1;
          count.held += low <= truth.get(name)! && truth.get(name)! <= high ? 1 : 0;
        }
    } // prettier-ignore
  console.log(`\n${title}; ${STUDIES} studies of each size, ${RESAMPLES} draws: coverage in %, and studies with an interval\n`);
  console.log(`| figure | method | true | ${SIZES.map((patients) => `n = ${patients}`).join(' | ')} |`);
  console.log(`|---|---|---:|${SIZES.map(() => '---:').join('|')}|`);
  for (const [key, sizes] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    const cells = sizes.map(({ held, all }) => (all === 0 ? '–' : `${((100 * held) / all).toFixed(1)} (${all})`));
    console.log(`| ${key} | ${truth.get(key.split(' | ')[0]!)!.toFixed(3)} | ${cells.join(' | ')} |`);
  }
} // prettier-ignore
