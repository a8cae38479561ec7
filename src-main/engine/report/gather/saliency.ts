import { CutpointError } from '../../../contract/errors.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { overlay } from '../../explain/overlay.ts';
import type { Sources } from '../ask.ts';
import type { ShownImages } from '../shown.ts';
import { isWrong, type JudgedImage } from './failures.ts';

/** Maps of right answers, each of another class, and of errors. */
const RIGHT = 2;
const WRONG = 2;

/** A few maps, each with what the checks by random weights and by other seeds say of it. */
export async function saliencyOf(
  { ask, images }: Sources,
  run: RunSummary,
  { judged, shown }: { judged: readonly JudgedImage[]; shown: ShownImages },
): Promise<StudyReport['saliency']> {
  const right = [
    ...Map.groupBy(
      judged.filter((image) => !isWrong(image)),
      (image) => image.class,
    ).values(),
  ];
  const chosen = [...right.map(([surest]) => surest!).slice(0, RIGHT), ...judged.filter(isWrong).slice(0, WRONG)];
  if (chosen.length === 0) return { missing: 'No predictions are stored.' };
  const asked = { run: run.id, pictures: chosen.map(({ path }) => ({ file: path })) };
  try {
    const { maps, method, cut } = await ask('explain.map', { ...asked, image: true });
    const { checks } = await ask('explain.check', asked);
    const told = [];
    for (const { picture, image, restored } of maps) {
      const check = checks.find((each) => each.picture === picture);
      if (!check) continue;
      const { path: _, ...said } = chosen[picture]!;
      told.push({
        image: images && image ? await shown.addPng(await overlay(image, restored.png)) : null,
        ...said,
        ...check.verdict,
      });
    }
    if (told.length === 0) return { missing: 'The images cannot be read any more.' };
    return { method, cut, maps: told };
  } catch (thrown) {
    const error = CutpointError.from(thrown);
    if (error.kind !== 'user') throw thrown;
    return { missing: error.message };
  }
}
