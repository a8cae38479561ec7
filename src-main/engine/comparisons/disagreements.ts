import type { Disagreement } from '../../contract/comparison/pair.ts';
import type { ComparedRuns } from './pairDetail.ts';
import { predictedClass, type TestedRun } from './tested.ts';

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
      const [called, otherCalled] = [predictedClass(image), predictedClass(other)];
      if (!numbers.has(image.group)) numbers.set(image.group, numbers.size);
      const order = otherCalled === image.label ? 0 : called === image.label ? 2 : 1;
      return { image, other, called, otherCalled, order, runs: { own: ours.record.run!, reference: theirs.record.run! } };
    }); // prettier-ignore
  });
  return [...Map.groupBy(tests, ({ image }) => image.file).values()]
    .flatMap((ofImage) => {
      const differing = ofImage.filter(({ called, otherCalled }) => called !== otherCalled);
      const [first] = differing;
      return first ? [{ ...first, times: differing.length, of: ofImage.length }] : [];
    })
    .toSorted((a, b) => a.order - b.order || b.image.probabilities[b.called]! - a.image.probabilities[a.called]!)
    .slice(0, MOST)
    .map(({ image, other, called, otherCalled, ...rest }) => ({
      file: image.file,
      class: classes[image.label]!,
      group: numbers.get(image.group)!,
      own: classes[called]!,
      reference: classes[otherCalled]!,
      ownProbability: image.probabilities[called]!,
      referenceProbability: other.probabilities[otherCalled]!,
      ...{ runs: rest.runs, times: rest.times, of: rest.of },
    }));
}
