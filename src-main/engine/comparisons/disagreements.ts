import type { Disagreement } from '../../contract/comparison/pair.ts';
import { callOf } from '../cohort/call.ts';
import type { ComparedRuns } from './pairDetail.ts';
import type { TestedRun } from './tested.ts';

/** More nobody looks at. */
const MOST = 1000;

/**
 * Images that two models called differently under one seed at least: those first which only the reference calls rightly,
 * then those that neither does, then those which only the other does; of these the one first that was surest of its call.
 */
export function disagreementsOf(
  runs: readonly TestedRun[],
  { own, reference }: ComparedRuns,
  classes: readonly string[],
): Disagreement[] {
  const numbers = new Map<string, number>();
  const tests = own.flatMap((run, at) => {
    const [ours, theirs] = [runs[run]!, runs[reference[at]!]!];
    return ours.test.map((image, index) => {
      const other = theirs.test[index]!;
      const [own, reference] = [callOf(image, classes), callOf(other, classes)];
      if (!numbers.has(image.group)) numbers.set(image.group, numbers.size);
      const order = reference.right ? 0 : own.right ? 2 : 1;
      return { image, own, reference, order, runs: { own: ours.record.run!, reference: theirs.record.run! } };
    }); // prettier-ignore
  });
  return [...Map.groupBy(tests, ({ image }) => image.file).values()]
    .flatMap((ofImage) => {
      const differing = ofImage.filter((test) => test.own.called !== test.reference.called);
      const [first] = differing;
      return first ? [{ ...first, times: differing.length, of: ofImage.length }] : [];
    })
    .toSorted((a, b) => a.order - b.order || b.own.probability - a.own.probability)
    .slice(0, MOST)
    .map(({ image, own: ours, reference: theirs, ...rest }) => ({
      file: image.file,
      class: ours.truth,
      group: numbers.get(image.group)!,
      own: ours.called,
      reference: theirs.called,
      ownProbability: ours.probability,
      referenceProbability: theirs.probability,
      ...{ runs: rest.runs, times: rest.times, of: rest.of },
    }));
}
