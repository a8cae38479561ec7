import { glob, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import type { FileProblem } from '../../contract/data.ts';
import { framesOf, inFrames } from '../data/frames.ts';
import { isZip } from '../data/places/archive.ts';
import { withoutFrame } from '../data/places/frameNames.ts';
import { isIndex } from '../data/places/place.ts';
import { runAll } from '../data/pool.ts';
import type { Probe } from '../data/tasks.ts';
import { walkFolder } from '../data/walk.ts';

/**
 * The files that a person means: of a folder those that the audit would read, of a pattern that no shell has resolved
 * those that it fits, else the file itself, each once. What cannot be looked into is listed with its reason.
 */
export async function picturesIn(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ files: string[]; problems: FileProblem[] }> {
  const files = new Set<string>();
  const problems: FileProblem[] = [];
  for (const path of paths) {
    for (const found of await resolved(path)) {
      signal.throwIfAborted();
      if (!(await isFolder(found))) {
        files.add(found);
        continue;
      }
      try {
        const walk = await walkFolder(found, signal);
        for (const file of walk.files) files.add(join(found, file));
        problems.push(...walk.problems.map((problem) => ({ ...problem, file: join(found, problem.file) })));
        if (walk.files.length === 0 && walk.problems.length === 0) {
          problems.push({ file: found, code: 'FOLDER_EMPTY', message: 'There is no image in this folder.' });
        }
      } catch (thrown) {
        const { kind, code, message } = CutpointError.from(thrown);
        if (kind !== 'user') throw thrown;
        problems.push({ file: found, code, message });
      }
    }
  }
  return { files: [...files], problems };
}

/** The same with each frame of files that have several, as a run learnt them. @throws CutpointError CANCELLED */
export async function inEachFrame(
  { files, problems }: Awaited<ReturnType<typeof picturesIn>>,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<typeof picturesIn>>> {
  const known = new Map<string, Probe>();
  const whole = files.filter((file) => withoutFrame(file).frame === undefined);
  await runAll(
    'probe',
    whole.map((path) => ({ path })),
    {
      signal,
      // Why one cannot be read is told where it is to be predicted.
      done: (at, outcome) => void (outcome instanceof CutpointError || known.set(whole[at]!, outcome)),
    },
  );
  const frames = framesOf(known, { frames: 'each' });
  const each = inFrames(files.map((file) => ({ file })), frames); // prettier-ignore
  return { files: each.map(({ file }) => file), problems: [...problems, ...frames.problems] };
}

/** A name may hold the signs of a pattern: it is one only where nothing is called so. */
async function resolved(path: string): Promise<string[]> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere || !/[*?[]/.test(path)) return [path];
  const found: string[] = [];
  for await (const each of glob(path)) found.push(resolve(each));
  return found.length > 0 ? found.sort() : [path];
}

/** An archive is one as well, and so is the index of a disc. */
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory() || isZip(path) || isIndex(basename(path)),
    () => false,
  );
