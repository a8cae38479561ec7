import type { AuditReport, DataSelection, FileProblem } from '../../contract/data.ts';
import type { CutpointError } from '../../contract/errors.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import type { LabelledFile } from './labels.ts';
import { frameName } from './places/frameNames.ts';
import { probeFiles, type ProbeOptions } from './probes.ts';
import type { Probe } from './tasks.ts';
import { compare } from './walk.ts';

/** More are a film rather than images, and would be a folder of as many files. */
const MOST_FRAMES = 20_000;

/** The frames of the files that have several, where each is to be an image of its own. */
export interface Frames {
  /** By file. */
  names: ReadonlyMap<string, readonly string[]>;
  problems: FileProblem[];
}

/** @param probes of whole files */
export function framesOf(probes: ReadonlyMap<string, Probe>, { frames }: Pick<DataSelection, 'frames'>): Frames {
  const names = new Map<string, string[]>();
  const problems: FileProblem[] = [];
  if (frames !== 'each') return { names, problems };
  for (const [file, { frames: count }] of probes) {
    if (count < 2) continue;
    const known = count <= MOST_FRAMES;
    names.set(file, known ? Array.from({ length: count }, (_, frame) => frameName(file, frame)) : []);
    if (!known)
      problems.push({
        file,
        code: 'IMAGE_UNSUPPORTED',
        message: `The file has ${count} frames; Cutpoint takes up to ${MOST_FRAMES} of a file as images of their own.`,
      });
  }
  return { names, problems };
}

/** What each frame holds, or why it cannot be read. @throws CutpointError CANCELLED */
export const probeFrames = async (
  folder: string,
  { names }: Frames,
  options: ProbeOptions,
): Promise<Map<string, Probe | CutpointError>> =>
  names.size === 0 ? new Map<string, never>() : probeFiles(folder, [...names.values()].flat(), options);

/** Files with the frames of those that have several in their place, all sorted by name. */
export function inFrames<T extends Pick<LabelledFile, 'file'>>(files: readonly T[], { names }: Frames): T[] {
  if (names.size === 0) return [...files];
  const all = files.flatMap((each) => names.get(each.file)?.map((file) => ({ ...each, file })) ?? [each]);
  return all.sort((a, b) => compare(a.file, b.file));
}

/** Single frames that a person left out; files and classes were before. */
export function withoutLeftOut(
  files: readonly LabelledFile[],
  { names }: Frames,
  { leaveOut }: Pick<DataSelection, 'leaveOut'>,
): { files: LabelledFile[]; leftOut: LabelledFile[]; findings: Finding[] } {
  const out = new Set(names.size === 0 ? [] : leaveOut?.files);
  const leftOut = files.filter(({ file }) => out.has(file));
  if (leftOut.length === 0) return { files: [...files], leftOut, findings: [] };
  const n = leftOut.length;
  const finding = findingOf('LEFT_OUT', `As chosen, ${n} ${n === 1 ? 'frame is' : 'frames are'} left out.`);
  return { files: files.filter(({ file }) => !out.has(file)), leftOut, findings: [finding] };
}

/** How many files have several frames, and what becomes of them; nothing where none has. @param probes of whole files */
export function describeFrames(
  probes: Iterable<Probe>,
  { frames }: Pick<DataSelection, 'frames'>,
): Pick<AuditReport, 'frames'> {
  const several = [...probes].filter(({ frames: count }) => count > 1);
  if (several.length === 0) return {};
  const all = several.reduce((sum, { frames: count }) => sum + count, 0);
  return { frames: { files: several.length, frames: all, each: frames === 'each' } };
}

/** What is to be known where each frame is an image. */
export function frameFindings({ frames }: Pick<AuditReport, 'frames'>): Finding[] {
  if (!frames?.each) return [];
  return [findingOf('EACH_FRAME', `As chosen, each frame of a file with several is an image of its own: ${frames.frames} in all. The frames of a file have its label, stay on one side of every split, and are not compared with one another.`)]; // prettier-ignore
}
