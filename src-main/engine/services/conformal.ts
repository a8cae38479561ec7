import type { Conformal } from '../../contract/conformal.ts';
import { wordsFor, type Grouping } from '../../contract/groups.ts';
import type { Handlers } from '../../contract/index.ts';
import { requireOneClass } from '../cohort/oneClass.ts';
import { conformalThreshold, leastPatients, neededPatients, setsOf, worstOfPatients } from '../metrics/conformal.ts';
import { wilson } from '../metrics/wilson.ts';
import type { Workspace } from '../store/workspace.ts';
import { predictedPart } from './oneAgainstRest.ts';

const CONFIDENCE = 0.95;

/** What a run would leave to a person, with a promise for each class. */
export function conformalHandlers(workspace: Workspace): Pick<Handlers, 'run.conformal'> {
  return {
    async 'run.conformal'({ id, part, alpha }) {
      const run = workspace.store.runs.get(id);
      requireOneClass(run.plan, 'abstention');
      const learnt = await predictedPart(workspace, run, 'validation');
      const { predictions, about } = part === 'validation' ? learnt : await predictedPart(workspace, run, part);
      const [least, needed] = [leastPatients(alpha), neededPatients(alpha)];
      const calibration = run.classes.map((_, label) => worstOfPatients(learnt.predictions, label));
      const few = run.classes.filter((_, label) => calibration[label]!.size < needed);
      const refused = few.length > 0;
      const thresholds = refused ? null : calibration.map((worst) => conformalThreshold(worst, alpha));
      const sets = thresholds && setsOf(predictions, thresholds);
      const { labels, groups } = predictions;
      const size = (image: number) => sets![image]!.filter(Boolean).length;

      const classes = run.classes.map((name, label): Conformal['classes'][number] => {
        const own = groups.flatMap((_, image) => (labels[image] === label ? [image] : []));
        const isCovered = (image: number) => sets !== null && sets[image]![label]!;
        const patients = Map.groupBy(own, (image) => groups[image]!);
        const covered = [...patients.values()].filter((images) => images.every(isCovered)).length;
        const decided = sets === null ? [] : own.filter((image) => size(image) === 1);
        return {
          class: name,
          calibration: { groups: calibration[label]!.size, images: countOf(learnt.predictions.labels, label) },
          threshold: thresholds?.[label] ?? null,
          coverage: sets === null || patients.size === 0 ? null : wilson(covered, patients.size, CONFIDENCE),
          imageCoverage: { count: own.filter(isCovered).length, of: own.length },
          decided: { images: decided.length, right: decided.filter(isCovered).length },
        };
      });
      const all = groups.map((_, image) => image);
      const handed = sets === null ? [] : all.filter((image) => size(image) !== 1);
      const several = handed.filter((image) => size(image) > 1).length;
      return {
        ...{ run: id, ...about, alpha, least, needed, classes, confidence: CONFIDENCE },
        refused: refused ? tooFew({ few, calibration, classes: run.classes, needed, least, alpha }, learnt.about.grouping) : null,
        sizes: sets && { none: handed.length - several, one: all.length - handed.length, several },
        handed: sets && {
          images: wilson(handed.length, all.length, CONFIDENCE),
          groups: wilson(new Set(handed.map((image) => groups[image]!)).size, about.groups, CONFIDENCE),
        },
      }; // prettier-ignore
    },
  };
}

const countOf = (labels: ArrayLike<number>, label: number): number =>
  Array.from(labels).filter((each) => each === label).length;

function tooFew(
  {
    few,
    calibration,
    classes,
    needed,
    least,
    alpha,
  }: {
    few: readonly string[];
    calibration: readonly ReadonlyMap<string, number>[];
    classes: readonly string[];
    needed: number;
    least: number;
    alpha: number;
  },
  grouping: Grouping,
): string {
  const name = few[0]!;
  const there = calibration[classes.indexOf(name)]!.size;
  const { many } = wordsFor(grouping);
  return `To miss a class at most ${Number((100 * alpha).toFixed(1))} % of the time takes ${needed} validation ${many} of each class (below ${least} nothing can be promised, and with fewer than ${needed} one study in ten would miss twice as many); ‘${name}’ has ${there}.`;
}
