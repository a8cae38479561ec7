import { CutpointError } from '../../contract/errors.ts';
import type { Proportion } from '../../contract/evaluation.ts';
import type { Subgroup, SubgroupMeasure, SubgroupReport } from '../../contract/subgroups.ts';
import { bandNames, bandOf, bandsFor } from './bands.ts';
import { percentileInterval, type Predictions, type Resampled } from '../metrics/bootstrap.ts';
import { delongInterval } from '../metrics/delong.ts';
import { largestGaps, measuresFor, resampleSubgroups, type Divided } from '../metrics/subgroups.ts';
import { wilson } from '../metrics/wilson.ts';

const CONFIDENCE = 0.95;
const RESAMPLES = 2000;
/** A column of more values tells images apart, not kinds of them. */
const MOST_SUBGROUPS = 40;

type Told = Pick<SubgroupReport, 'bands' | 'unknown' | 'subgroups' | 'gaps' | 'confidence' | 'resamples'>;

/**
 * Figures of each subgroup, and the largest gaps. AUROC by DeLong where each patient of the subgroup has one image, shares by
 * Wilson there; else both by the bootstrap over patients.
 * @param values per image, null where it has none
 * @param column its name, which says whether numbers are ages
 * @throws CutpointError INPUT_INVALID where the column has no value, one, or too many, or says the class; where all are of one
 */
export async function subgroupReport(
  predictions: Omit<Divided, 'subgroupOf' | 'subgroups'>,
  values: readonly (string | null)[],
  { column, bands: given, least, classes, signal, resamples = RESAMPLES }: { column: string; bands?: readonly number[] | undefined; least: number; classes: readonly string[]; signal?: AbortSignal; resamples?: number }, // prettier-ignore
): Promise<Told> {
  const bands = bandsFor(column, values.filter((value) => value !== null), given); // prettier-ignore
  const named = bands ? values.map((value) => value === null ? null : bandOf(value, bands)) : values; // prettier-ignore
  const present = new Set(named.filter((value) => value !== null));
  const names = bands ? bandNames(bands).filter((name) => present.has(name)) : [...present].sort(byNumberOrName);
  requireSubgroups(column, { names, named, labels: predictions.labels, classes });

  const { labels, groups } = predictions;
  const place = new Map(names.map((name, at) => [name, at]));
  const subgroupOf = Int32Array.from(named, (name) => (name === null ? -1 : place.get(name)!));
  const divided = { ...predictions, subgroupOf, subgroups: names.length };
  const drawn = await resampleSubgroups(divided, { resamples, seed: 0, ...(signal && { signal }) });
  const membersOf = (subgroup: number) => [...subgroupOf.keys()].filter((image) => subgroupOf[image] === subgroup);
  const subgroups = names.map((value, subgroup): Subgroup => {
    const members = membersOf(subgroup);
    const patients = new Set(members.map((image) => groups[image]!)).size;
    const measured = { members, few: patients < least, clustered: patients < members.length };
    return {
      value,
      images: members.length,
      groups: patients,
      perClass: classes.map((_, label) => members.filter((image) => labels[image] === label).length),
      figures: measuresFor(classes.length).map((measure) =>
        figureOf(measure, drawn.get(measure)![subgroup]!, { ...predictions, ...measured }),
      ),
    };
  });
  const told = [...subgroups.keys()].filter((at) => subgroups[at]!.groups >= least);
  const left = membersOf(-1);
  return {
    bands,
    unknown: { images: left.length, groups: new Set(left.map((image) => groups[image]!)).size },
    subgroups,
    gaps: await largestGaps(divided, drawn, { told, names, confidence: CONFIDENCE, ...(signal && { signal }) }),
    ...{ confidence: CONFIDENCE, resamples },
  };
}

function figureOf(
  measure: SubgroupMeasure,
  resampled: Resampled,
  { members, few, clustered, labels, probabilities }: Predictions & { members: readonly number[]; few: boolean; clustered: boolean }, // prettier-ignore
): Subgroup['figures'][number] {
  const none = { measure, value: null, interval: null, share: null };
  if (few) return { ...none, missing: 'few' };
  const { value } = resampled;
  if (value === null) return { ...none, missing: 'class' };
  const told = { measure, value, missing: null };
  const k = probabilities.length / labels.length;
  if (clustered || measure === 'balancedAccuracy' || (measure === 'auroc' && k > 2)) {
    const found = percentileInterval(resampled, CONFIDENCE);
    // Of no variance, resampling sees none, which is not certainty.
    return { ...told, interval: value === 0 || value === 1 ? null : found, share: null };
  }
  if (measure === 'auroc') {
    const positive = Uint8Array.from(members, (image) => (labels[image] === 1 ? 1 : 0));
    const scores = Float32Array.from(members, (image) => probabilities[image * k + 1]!);
    return { ...told, interval: delongInterval(positive, scores, CONFIDENCE), share: null };
  }
  return { ...told, interval: null, share: shareOf(measure, value, { members, labels }) };
}

/** The images that a share is taken of: those of a class, or all. */
function shareOf(
  measure: SubgroupMeasure,
  value: number,
  { members, labels }: { members: readonly number[]; labels: ArrayLike<number> },
): Proportion {
  const own = { sensitivity: 1, specificity: 0 }[measure as string];
  const of = own === undefined ? members.length : members.filter((image) => labels[image] === own).length;
  return wilson(Math.round(value * of), of, CONFIDENCE);
}

/** Numbers by size and before names, names by the alphabet. */
function byNumberOrName(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, 'en', { numeric: true });
}

function requireSubgroups(
  column: string,
  { names, named, labels, classes }: { names: readonly string[]; named: readonly (string | null)[]; labels: ArrayLike<number>; classes: readonly string[] }, // prettier-ignore
): void {
  const refuse = (message: string, remedy: string): CutpointError =>
    new CutpointError('INPUT_INVALID', message, { remedy });
  if (names.length === 0)
    throw refuse(`No image has a value of ‘${column}’.`, 'Choose another column, or the table that names these files.');
  if (names.length === 1)
    throw refuse(`All images with a value of ‘${column}’ have the same: ${names[0]}.`, 'Choose another column.');
  if (names.length > MOST_SUBGROUPS)
    throw refuse(
      `‘${column}’ has ${names.length} values: it tells images apart, not kinds of them.`,
      'Choose another column, or bands of its numbers.',
    );
  const classesOf = new Map<string, Set<number>>();
  named.forEach((name, image) => {
    if (name === null) return;
    classesOf.set(name, (classesOf.get(name) ?? new Set()).add(labels[image]!));
  });
  const [only, ...others] = new Set([...classesOf.values()].flatMap((each) => [...each]));
  if (others.length === 0)
    throw refuse(
      `All images with a value of ‘${column}’ are of the class ‘${classes[only!]}’: there is nothing to tell apart.`,
      'Choose another column, or other images.',
    );
  if ([...classesOf.values()].every(({ size }) => size === 1))
    throw refuse(
      `Every value of ‘${column}’ goes with one class only: it says the class, and within it nothing can be ranked.`,
      'Choose a column that was known before the label.',
    );
}
