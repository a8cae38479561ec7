import type { LeftOut, SourceStudyPlan } from '../../contract/sourceStudy.ts';
import type { PlanData } from '../cohort/planData.ts';
import type { Reader } from '../store/store.ts';
import { overlapWith } from '../transfer/seen.ts';
import { weightsFor } from './members.ts';

type Images = Pick<PlanData, 'dataset'>;

/** The code by which a plan accepts that images to test on were trained on. */
const ACCEPTED = ['SOURCE_OVERLAP', 'all'];

/**
 * Which sources share images with which targets, by content: what is measured on them says nothing of new images. Such a pair
 * is left out, the target as its own source among them; of a target that accepts it, it is noticed.
 * @param read.sources the data of those that are pretrained as part of the study
 */
export function overlapsOf(
  plan: SourceStudyPlan,
  store: Pick<Reader, 'sources'>,
  read: { targets: ReadonlyMap<string, Images>; sources: ReadonlyMap<string, Images> },
): { leftOut: LeftOut[]; noticed: string[] } {
  const leftOut: LeftOut[] = [];
  const noticed: string[] = [];
  const stored = store.sources.list();
  for (const target of plan.targets) {
    const { images } = read.targets.get(target.name)!.dataset;
    const isAccepted = ACCEPTED.some((code) => target.accept.includes(code));
    for (const { name } of plan.sources) {
      for (const backbone of plan.backbones) {
        const [made] = weightsFor({ sources: [{ name }] }, backbone, stored);
        const seen = made
          ? (overlapWith(store, made.weights, images)?.length ?? 0)
          : sharedWith(read.sources.get(name), images);
        if (seen === 0) continue;
        const of = { seen, images: images.length, target: target.name, source: name };
        if (isAccepted) noticed.push(accepted(of));
        else
          leftOut.push({
            source: name,
            target: target.name,
            backbone: plan.backbones.length === 1 ? null : backbone,
            why: whyNot(of),
          });
      }
    }
  }
  return { leftOut, noticed: [...new Set(noticed)] };
}

interface Overlap {
  seen: number;
  images: number;
  target: string;
  source: string;
}

const whyNot = ({ seen, images, target, source }: Overlap): string =>
  seen === images
    ? `The target ‘${target}’ is the source ‘${source}’ itself: it is not studied with it.`
    : `${seen} of the ${images} images of the target ‘${target}’ are among those of the source ‘${source}’: it is not studied with it.`;

const accepted = ({ seen, images, target, source }: Overlap): string =>
  `${seen} of the ${images} images of the target ‘${target}’ are among those of the source ‘${source}’, which was accepted.`;

function sharedWith(source: Images | undefined, images: Images['dataset']['images']): number {
  if (!source) return 0;
  const known = new Set(source.dataset.images.map(({ sha256 }) => sha256));
  return images.filter(({ sha256 }) => known.has(sha256)).length;
}
