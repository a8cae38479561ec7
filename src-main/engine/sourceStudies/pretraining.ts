import { sourceWish } from '../../contract/origin.ts';
import type { SourceStudyPlan, StudyPretraining } from '../../contract/sourceStudy.ts';
import { wholeRows } from '../store/json.ts';
import type { Reader } from '../store/store.ts';
import { weightsFor, weightsName } from './members.ts';

/** The sources that a study pretrains, of each network, as they stand: made, being trained, or not begun (`queued`). */
export function pretrainingOf(
  plan: SourceStudyPlan,
  { sources, runs, runChoices }: Pick<Reader, 'sources' | 'runs' | 'runChoices'>,
): StudyPretraining[] {
  const trained = plan.sources.filter(({ train }) => train !== undefined);
  if (trained.length === 0) return [];
  const stored = sources.list();
  const wishes = wholeRows(runChoices.runs('source'), (run) => {
    const { name, failure } = sourceWish.parse(runChoices.load(run, 'source')!.value);
    return { name, failure, run, ended: runs.get(run) };
  });
  return trained.flatMap(({ name: source }) =>
    plan.backbones.map((backbone): StudyPretraining => {
      const weights = weightsName(plan, source, backbone);
      const of = { source, backbone, weights };
      const made = weightsFor({ sources: [{ name: source }] }, backbone, stored)[0]?.weights;
      if (made !== undefined) {
        const run = stored.find(({ name }) => name === made)?.origin?.run ?? null;
        return { ...of, weights: made, run, status: 'completed', error: null };
      }
      const wish = wishes.find(({ name }) => name === weights);
      if (!wish) return { ...of, run: null, status: 'queued', error: null };
      const error = wish.failure?.message ?? wish.ended.error?.message ?? null;
      // Trained, and yet no source was made of it.
      const { status: ended } = wish.ended;
      const status = wish.failure ? 'failed' : ended === 'completed' ? 'running' : ended;
      return { ...of, run: wish.run, status, error };
    }),
  );
}
