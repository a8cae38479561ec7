import { findingOf, type Finding } from '../../contract/findings.ts';
import type { Resolution } from '../../contract/resolutions.ts';
import { listed } from './labels.ts';
import { ofKind, reasonOf } from './resolved.ts';
import type { ScannedDataset } from './types.ts';

/**
 * The findings, with a mark on those that a person looked at and keeps as they are. What training stops on is not settled
 * so: that is accepted where training begins. Nor is a finding about other images than those that were looked at.
 */
export function settled(
  findings: readonly Finding[],
  { images, details }: Pick<ScannedDataset, 'images' | 'details'>,
  resolutions: readonly Resolution[] = [],
): Finding[] {
  const keeps = Map.groupBy(ofKind(resolutions, 'keep'), ({ code }) => code);
  if (keeps.size === 0) return [...findings];
  const covered = (code: string, own: readonly { files?: string[] | undefined }[]): boolean => {
    if (own.some(({ files }) => files === undefined)) return true;
    const known = new Set(own.flatMap(({ files = [] }) => files));
    return details.every(({ findings: codes }, at) => !codes.includes(code) || known.has(images[at]!.file));
  };
  const told = findings.map((each): Finding => {
    const own = keeps.get(each.code);
    if (own === undefined || each.grave || !covered(each.code, own)) return each;
    const reason = own.flatMap((keep) => reasonOf(keep) ?? []).at(-1);
    return { ...each, kept: reason === undefined ? {} : { reason } };
  });
  const gone = [...keeps.keys()].filter((code) => !findings.some((each) => each.code === code));
  const grave = [...keeps.keys()].filter((code) => findings.some((each) => each.code === code && each.grave));
  const sentences = [
    gone.length > 0 && `Kept, but not among the findings: ${listed(gone)}.`,
    grave.length > 0 && `Not settled by being kept, since training stops until it is accepted: ${listed(grave)}.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? told : [...told, findingOf('KEEP_UNFIT', sentences.join(' '))];
}
