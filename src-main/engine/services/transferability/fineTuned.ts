import { cutNodes } from '../../../backbone/cuts.ts';
import { strategies } from '../../../backbone/strategy/index.ts';
import { findBackbone } from '../../../backbone/zoo/index.ts';
import type { TrainingPlan } from '../../../contract/plan.ts';
import { fingerprintOf } from '../../cohort/parts.ts';
import type { Reader } from '../../store/store.ts';

/** A run that was fine-tuned with a softmax, as what an estimate is meant to foretell. */
export interface FineTuned {
  run: string;
  /** Null: from random values. */
  source: string | null;
  /** Where the network ends. */
  cut: string;
  /** Of the best epoch, on the validation images. */
  auroc: number;
  epochs: number;
  /** Equal for runs that differ in source, cut, seed and split alone. */
  settings: string;
}

/** What of a probe a run has to share, so that both are of the same network on the same images. */
export interface Wanted {
  backbone: string;
  fingerprint: string;
  view: Pick<TrainingPlan, 'input' | 'fit' | 'channels'>;
}

/** The completed runs that were fine-tuned from a backbone on these images, the newest first. */
export function fineTunedRuns(store: Reader, { backbone, fingerprint, view }: Wanted): FineTuned[] {
  const fingerprints = new Map<string, string>();
  /** Read once for all runs of one list of images. */
  const imagesOf = (run: string): string | null => {
    const { dataset } = store.runs.datasets(run);
    if (dataset === null) return null;
    const known = fingerprints.get(dataset) ?? fingerprintOf(store, run);
    fingerprints.set(dataset, known);
    return known;
  };
  return store.runs.list().flatMap((row): FineTuned[] => {
    if (row.backbone !== backbone || row.status !== 'completed' || row.validationAuroc === null) return [];
    const { plan } = store.runs.get(row.id);
    const taken = takenOver(plan);
    if (taken === null || !sameView(plan, view) || imagesOf(row.id) !== fingerprint) return [];
    const { epochs } = plan;
    return [{ run: row.id, ...taken, auroc: row.validationAuroc, epochs, settings: settingsOf(plan) }];
  });
}

/** Null of runs that are not what an estimate foretells: layers that are frozen or made anew, an SVM, Mean-Var. */
function takenOver({ backbone, strategy, cut, source, initialisation, classifier }: TrainingPlan) {
  const removed = strategies[strategy].cut?.after === 'removed';
  if (classifier !== 'softmax' || initialisation === 'mean-var' || !(removed || strategy === 'full')) return null;
  const end = cutNodes(findBackbone(backbone).build()).at(-1)!.name;
  return { source: initialisation === 'pretrained' ? source : null, cut: removed ? (cut ?? end) : end };
}

const sameView = (plan: Wanted['view'], view: Wanted['view']): boolean =>
  (['input', 'fit', 'channels'] as const).every((name) => plan[name] === view[name]);

/** All of a plan but what is compared, what is drawn, what follows from the source, and how it is computed. */
function settingsOf(plan: TrainingPlan): string {
  const { data: _data, accept: _accept, seed: _seed, strategy: _strategy, cut: _cut, ...rest } = plan;
  const { source: _source, initialisation: _from, preprocessing: _pixels, engine: _engine, precision: _precision, ...own } = rest; // prettier-ignore
  return JSON.stringify(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Of runs that may be compared, those with the same settings that cover most of what is compared, of several such the newest.
 * @param nameOf what a run is of: its cut, or its source
 * @returns runs by name
 */
export function comparable(runs: readonly FineTuned[], nameOf: (run: FineTuned) => string): Map<string, FineTuned[]> {
  const groups = [...Map.groupBy(runs, ({ settings }) => settings).values()].map((own) => Map.groupBy(own, nameOf));
  return groups.reduce<Map<string, FineTuned[]>>((best, each) => (each.size > best.size ? each : best), new Map());
}
