import type { OperatingShare, OutcomeCounts, Ratio } from '../../contract/operating.ts';
import { numbered, patientDraws, type Drawing } from './draws.ts';
import { normalQuantile } from './normal.ts';
import { quantile } from './summary.ts';
import { wilson } from './wilson.ts';

/** Images of one class against the rest. */
export interface OneAgainstRest {
  /** Per image, 1 for the class and 0 for the rest. */
  positive: Uint8Array;
  /** Per image its probability of the class. */
  scores: Float32Array;
  /** Patient of each image. */
  groups: readonly string[];
}

const [TP, FP, FN, TN] = [0, 1, 2, 3] as const;
const SHARES = ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy'] as const;
type ShareName = (typeof SHARES)[number];

export type AtThreshold = Record<ShareName, OperatingShare> & {
  counts: OutcomeCounts;
  inversePositiveRatio: Ratio | null;
  negativeRatio: Ratio | null;
  resamples: number;
};

/** True positives, false positives, false negatives, true negatives. */
type Cells = Float64Array;

/** What is counted, and out of what. */
const PARTS: Readonly<Record<ShareName, (cells: Cells) => [count: number, of: number]>> = {
  sensitivity: (cells) => [cells[TP]!, cells[TP]! + cells[FN]!],
  specificity: (cells) => [cells[TN]!, cells[TN]! + cells[FP]!],
  ppv: (cells) => [cells[TP]!, cells[TP]! + cells[FP]!],
  npv: (cells) => [cells[TN]!, cells[TN]! + cells[FN]!],
  accuracy: (cells) => [cells[TP]! + cells[TN]!, cells[TP]! + cells[FP]! + cells[FN]! + cells[TN]!],
};

/**
 * What a threshold does: images with a score of at least it are called positive. Intervals of shares by Wilson, of
 * likelihood ratios on the log scale, where each patient has one image; by the bootstrap over patients otherwise.
 * @throws the reason of `signal`
 */
export async function figuresAt(
  { positive, scores, groups }: OneAgainstRest,
  threshold: number,
  { confidence, ...drawing }: Drawing & { confidence: number },
): Promise<AtThreshold> {
  const { patients, count } = numbered(groups);
  const cellOf = Uint8Array.from(scores, (score, image) => cell(positive[image]!, score >= threshold));
  const cells = new Float64Array(4);
  for (const each of cellOf) cells[each]! += 1;
  const drawn = count < scores.length ? await drawnCells({ cellOf, patients, count }, drawing) : null;

  const share = (name: ShareName): OperatingShare => {
    const [part, of] = PARTS[name](cells);
    if (of === 0) return { count: part, of, value: null, low: null, high: null, method: 'wilson' };
    if (!drawn) {
      const { low, high } = wilson(part, of, confidence);
      return { count: part, of, value: part / of, low, high, method: 'wilson' };
    }
    const parts = drawn.map(PARTS[name]);
    return { count: part, of, value: part / of, ...percentiles(parts, confidence), method: 'bootstrap' };
  };
  const likelihood = (above: ShareName, below: ShareName): Ratio | null => {
    const parts = (of: Cells): readonly [number, number, number, number] => [...PARTS[above](of), ...PARTS[below](of)];
    const [right, all, hits, ofHits] = parts(cells);
    if (all === 0 || ofHits === 0 || hits === 0) return null;
    const value = (all - right) / all / (hits / ofHits);
    if (!drawn) return { value, ...logInterval({ wrong: all - right, all, hits, ofHits }, confidence) };
    const ratios = drawn.map((each): [number, number] => {
      const [own, total, found, ofFound] = parts(each);
      return [(total - own) * ofFound, total * found];
    });
    return { value, ...percentiles(ratios, confidence) };
  };
  return {
    counts: {
      truePositives: cells[TP]!,
      falsePositives: cells[FP]!,
      falseNegatives: cells[FN]!,
      trueNegatives: cells[TN]!,
    },
    ...(Object.fromEntries(SHARES.map((name) => [name, share(name)])) as Record<ShareName, OperatingShare>),
    inversePositiveRatio: likelihood('specificity', 'sensitivity'),
    negativeRatio: likelihood('sensitivity', 'specificity'),
    resamples: drawn ? drawing.resamples : 0,
  };
}

const cell = (positive: number, called: boolean): number =>
  called ? (positive === 1 ? TP : FP) : positive === 1 ? FN : TN;

async function drawnCells(
  { cellOf, patients, count }: { cellOf: Uint8Array; patients: Uint32Array; count: number },
  drawing: Drawing,
): Promise<Float64Array[]> {
  const own = new Uint32Array(4 * count);
  cellOf.forEach((each, image) => (own[4 * patients[image]! + each]! += 1));
  const drawn: Float64Array[] = [];
  for await (const weights of patientDraws(count, drawing)) {
    const cells = new Float64Array(4);
    for (let patient = 0; patient < count; patient++)
      for (let each = 0; each < 4; each++) cells[each]! += weights[patient]! * own[4 * patient + each]!;
    drawn.push(cells);
  }
  return drawn;
}

const NO_ENDS = { low: null, high: null };

/** Of quotients; those without a denominator are left out. Where all are equal no variance is seen, which is no certainty. */
function percentiles(parts: readonly (readonly [number, number])[], confidence: number): Pick<Ratio, 'low' | 'high'> {
  const values = Float64Array.from(parts.filter(([, of]) => of > 0).map(([count, of]) => count / of)).sort();
  if (values.length === 0 || values[0] === values.at(-1)) return NO_ENDS;
  const tail = (1 - confidence) / 2;
  return { low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

/**
 * Interval of a ratio of two independent shares, normal on the log scale by the delta method, which is that of the logits of
 * PPV and NPV (Mercaldo, Lau and Zhou 2007, section 2.1). Where a count is 0 or all, it is centred and computed with z²/2
 * added to each count, as they do after Agresti and Coull 1998; the end beyond the value is the value.
 */
function logInterval(
  { wrong, all, hits, ofHits }: { wrong: number; all: number; hits: number; ofHits: number },
  confidence: number,
): Pick<Ratio, 'low' | 'high'> {
  const z = normalQuantile((1 + confidence) / 2);
  const bare = wrong === 0 || wrong === all || hits === 0 || hits === ofHits;
  const more = bare ? z ** 2 / 2 : 0;
  const [a, n, b, m] = [wrong + more, all + 2 * more, hits + more, ofHits + 2 * more];
  const middle = Math.log(a / n / (b / m));
  const reach = z * Math.sqrt(1 / a - 1 / n + 1 / b - 1 / m);
  const value = wrong / all / (hits / ofHits);
  return { low: Math.min(value, Math.exp(middle - reach)), high: Math.max(value, Math.exp(middle + reach)) };
}
