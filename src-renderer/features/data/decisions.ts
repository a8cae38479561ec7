import type { Resolution } from '../../../src-main/contract/resolutions.ts';

/** Files that were left out before there was a word about it, as decisions. */
export const takenOver = (files: readonly string[], resolutions: readonly Resolution[]): Resolution[] =>
  files.length === 0 ? [...resolutions] : [{ kind: 'exclude', files: [...files] }, ...resolutions];

/** Decisions without those that leave these files out. */
export const usedAgain = (resolutions: readonly Resolution[], files: readonly string[]): Resolution[] =>
  resolutions.flatMap((each): Resolution[] => {
    if (each.kind !== 'exclude') return [each];
    const left = each.files.filter((file) => !files.includes(file));
    return left.length === 0 ? [] : [{ ...each, files: left }];
  });

export const isLeftOut = (resolutions: readonly Resolution[], file: string): boolean =>
  resolutions.some((each) => each.kind === 'exclude' && each.files.includes(file));

/** The same decision, whatever reason was given for it since. */
export const isSame = (one: Resolution, other: Resolution): boolean => textOf(one) === textOf(other);
const textOf = ({ reason: _reason, ...decided }: Resolution): string => JSON.stringify(decided);

/** As plain values, which travel between processes; none for none. */
export const plainOf = (resolutions: readonly Resolution[]): { resolutions?: Resolution[] } =>
  resolutions.length === 0 ? {} : { resolutions: JSON.parse(JSON.stringify(resolutions)) as Resolution[] };

/** What `cutpoint --resolutions` reads. */
export const resolutionText = (resolutions: readonly Resolution[]): string =>
  `${JSON.stringify({ kind: 'cutpoint-resolutions', version: 1, resolutions }, null, 2)}\n`;

/** With more, a keep is about the finding as it is, and not about each image: a study keeps what is decided in a text. */
const MOST_FILES = 1000;

/** A decision that a finding is fine, as it was about these images. */
export const keepOf = (code: string, files: readonly string[]): Resolution => ({
  kind: 'keep',
  code,
  ...(files.length > 0 && files.length <= MOST_FILES && { files: [...files] }),
});

/** Codes that are about single images, or about the data as a whole, and what can be decided about them beside leaving out. */
const OFFERS: Readonly<Record<string, readonly Offer[]>> = {
  DUPLICATE_LABELS: ['relabel', 'keep'],
  NEAR_DUPLICATE_LABELS: ['relabel', 'keep'],
  DUPLICATE_GROUPS: ['merge', 'keep'],
  NEAR_DUPLICATE_GROUPS: ['merge', 'keep'],
  ...Object.fromEntries(
    [
      ...['NEAR_DUPLICATE', 'BLANK', 'INVERTED', 'BURNED_TEXT'],
      ...['NO_PATIENTS', 'GROUP_LIKE_SITE', 'IMBALANCE', 'LABEL_IS_SIZE'],
      ...['EXTENSION', 'ALPHA', 'PAGES', 'FRAMES', 'CHANNELS', 'PROFILE', 'OVERLAY', 'SCREEN'],
      ...['RANGE', 'MIDDLE', 'CLIPPED', 'DARK', 'WINDOW', 'LUT', 'UNIFORM', 'BITS', 'SIGN', 'COLOURS'],
    ].map((code) => [code, ['keep'] as const]),
  ),
};
export type Offer = 'merge' | 'relabel' | 'keep';

/** What training stops on is not settled by keeping it. */
export const offersOn = ({ code, grave = false }: { code: string; grave?: boolean | undefined }): readonly Offer[] =>
  (OFFERS[code] ?? []).filter((offer) => offer !== 'keep' || !grave);

/** Findings that say what was decided, and ask nothing. */
export const ANSWERS: ReadonlySet<string> = new Set(['LEFT_OUT', 'JOINED', 'EXCLUDED', 'RELABELLED', 'MERGED']);

/** One file of each group in each of these sets of images: whose groups are to be one. */
export function mergesOf(
  sets: readonly (readonly number[])[],
  rows: readonly { file: string; group: number; findings: readonly string[] }[],
  code: string,
): Resolution[] {
  return sets.flatMap((set): Resolution[] => {
    const own = set.flatMap((at) => rows[at] ?? []).filter(({ findings }) => findings.includes(code));
    const files = [...new Map(own.toReversed().map(({ group, file }) => [group, file])).values()].toReversed();
    return files.length < 2 ? [] : [{ kind: 'merge', files, code }];
  });
}
