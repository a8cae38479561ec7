import { CutpointError } from '../../../contract/errors.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { overlay } from '../../explain/overlay.ts';
import type { Sources } from '../ask.ts';
import type { ShownImages } from '../shown.ts';
import { isWrong, type JudgedImage } from './failures.ts';
import { isWrongLabel, type JudgedLabel } from './labelFailures.ts';

/** Maps of right answers, each of another class, and of errors. */
const RIGHT = 2;
const WRONG = 2;

/** Images that maps are made of: of several classes the surest right one, and the surest errors. */
export function examplesOf(judged: readonly JudgedImage[]): JudgedImage[] {
  const right = Map.groupBy(
    judged.filter((image) => !isWrong(image)),
    (image) => image.class,
  );
  return [...firstOf(right), ...judged.filter(isWrong).slice(0, WRONG)];
}

/** The same of labels: found ones, each another, since a label that an image has not is nowhere in it; and errors. */
export function labelExamplesOf(judged: readonly JudgedLabel[]): JudgedImage[] {
  const found = Map.groupBy(
    judged.filter((each) => each.has && each.called),
    ({ label }) => label,
  );
  const chosen = [...firstOf(found), ...judged.filter(isWrongLabel).slice(0, WRONG)];
  return chosen.map(({ has: _, called: __, ...said }) => said);
}

const firstOf = <T>(groups: ReadonlyMap<string, readonly T[]>): T[] =>
  [...groups.values()].map(([first]) => first!).slice(0, RIGHT);

/** A few maps, each with what the checks by random weights and by other seeds say of it. */
export async function saliencyOf(
  sources: Sources,
  run: RunSummary,
  { chosen, shown }: { chosen: readonly JudgedImage[]; shown: ShownImages },
): Promise<StudyReport['saliency']> {
  if (chosen.length === 0) return { missing: 'No predictions are stored.' };
  try {
    let how = { method: '', cut: '' };
    const told = [];
    // Without a label, the class that is predicted is explained.
    for (const [label, own] of Map.groupBy(chosen, (image) => image.label)) {
      const { maps, ...made } = await mapsOf(sources, run, { own, label, shown });
      how = made;
      told.push(...maps);
    }
    if (told.length === 0) return { missing: 'The images cannot be read any more.' };
    return { ...how, maps: told };
  } catch (thrown) {
    const error = CutpointError.from(thrown);
    if (error.kind !== 'user') throw thrown;
    return { missing: error.message };
  }
}

async function mapsOf(
  { ask, images }: Sources,
  run: RunSummary,
  { own, label, shown }: { own: readonly JudgedImage[]; label: string | undefined; shown: ShownImages },
) {
  const asked = { run: run.id, pictures: own.map(({ path }) => ({ file: path })), class: label };
  const { maps, method, cut } = await ask('explain.map', { ...asked, image: true });
  const { checks } = await ask('explain.check', asked);
  const told = [];
  for (const { picture, image, restored } of maps) {
    const check = checks.find((each) => each.picture === picture);
    if (!check) continue;
    const { path: _, ...said } = own[picture]!;
    told.push({
      image: images && image ? await shown.addPng(await overlay(image, restored.png)) : null,
      ...said,
      ...check.verdict,
    });
  }
  return { method, cut, maps: told };
}
