import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { ComparisonSummary } from '../../contract/comparison/index.ts';
import type { SourceStudySummary, StudyPretraining } from '../../contract/sourceStudy.ts';
import type { PlanData } from '../cohort/planData.ts';
import type { Training } from '../jobs/training.ts';
import type { LaneClient } from '../lanes/methods.ts';
import { pretrainingOf } from '../sourceStudies/pretraining.ts';
import { summaryOf } from '../sourceStudies/summary.ts';
import { wantedOf, type Wanted } from '../sourceStudies/wanted.ts';
import type { StoredSourceStudy } from '../store/queries/sourceStudies.ts';
import type { OwnWorkspace } from '../store/workspace.ts';
import { preparedComparison } from './comparisons.ts';

interface Reading {
  signal: AbortSignal;
  progress(event: { done: number; total: number }): void;
}

interface Deps {
  training: Training;
  files: LaneClient;
  runs: Pick<Handlers, 'source.train' | 'run.resume'>;
}

/**
 * Takes source studies on: sources first, one after another, then the tournaments that are lacking. What was done is found in
 * the store, so that it can be called again at any time.
 */
export class StudyCourse {
  readonly #workspace: OwnWorkspace;
  readonly #deps: Deps;
  readonly #going = new Map<string, { leaving: AbortController; ended: Promise<void> }>();
  readonly #errors = new Map<string, NonNullable<SourceStudySummary['error']>>();

  constructor(workspace: OwnWorkspace, deps: Deps) {
    this.#workspace = workspace;
    this.#deps = deps;
  }

  summary(id: string): SourceStudySummary {
    const { store } = this.#workspace;
    const found = summaryOf(store, store.sourceStudies.get(id), { going: this.#going.has(id) });
    return { ...found, error: this.#errors.get(id) ?? null };
  }

  /** Reads the data of what is lacking, once for each target, and checks it all before anything is stored. */
  async prepare(wanted: readonly Wanted[], { signal, progress }: Reading) {
    const { files } = this.#deps;
    const read = new Map<string, PlanData>();
    const ready: { target: string; store(): ComparisonSummary }[] = [];
    for (const { target, plan } of wanted) {
      try {
        const data =
          read.get(target.name) ?? (await files.call('lane.planData', plan.base, { signal, onProgress: progress }));
        read.set(target.name, data);
        const { study } = target;
        ready.push({
          target: target.name,
          store: preparedComparison(plan, { data, study, workspace: this.#workspace }),
        });
      } catch (thrown) {
        throw named(`Target ‘${target.name}’`, thrown);
      }
    }
    signal.throwIfAborted();
    return ready;
  }

  /** Stores and launches tournaments that were prepared. */
  begin(id: string, ready: readonly { target: string; store(): ComparisonSummary }[]): void {
    const { store } = this.#workspace;
    const begun = store.atomically(() =>
      ready.map(({ target, store: create }) => {
        const comparison = create();
        store.sourceStudies.addMember(id, { target, comparison: comparison.id });
        return comparison;
      }),
    );
    for (const comparison of begun) this.#deps.training.launchComparison(comparison);
  }

  /** Goes on with a study in the background. */
  go(id: string): void {
    if (this.#going.has(id)) return;
    this.#errors.delete(id);
    const leaving = new AbortController();
    const ended = this.#take(id, leaving.signal)
      .catch((thrown: unknown) => {
        if (leaving.signal.aborted) return;
        this.#note(id, thrown);
      })
      .finally(() => this.#going.delete(id));
    this.#going.set(id, { leaving, ended });
  }

  /** Ends what goes on of it after the current step. @returns false where nothing does */
  async stop(id: string): Promise<boolean> {
    const { training } = this.#deps;
    const { store } = this.#workspace;
    const { plan, members } = store.sourceStudies.get(id);
    const going = this.#going.get(id);
    going?.leaving.abort();
    const pretrained = going ? pretrainingOf(plan, store).flatMap(({ run }) => (run && training.run(run)) || []) : [];
    const active = members.flatMap(({ comparison }) => training.comparison(comparison) ?? []);
    // Those that wait first: none of them takes the turn of the one that trains.
    for (const each of [...active.toReversed(), ...pretrained]) training.steer(each.id, 'stop');
    await Promise.all([...active, ...pretrained].map(({ ended }) => ended));
    await going?.ended;
    return going !== undefined || active.length > 0;
  }

  #note(id: string, thrown: unknown): void {
    const { code, message, remedy } = CutpointError.from(thrown);
    this.#errors.set(id, { code, message, ...(remedy !== undefined && { remedy }) });
  }

  async #take(id: string, signal: AbortSignal): Promise<void> {
    const { store } = this.#workspace;
    const study = store.sourceStudies.get(id);
    if (!(await this.#pretrain(study, signal))) return;
    this.begin(id, await this.prepare(wantedOf(study, store), { signal, progress: () => {} }));
  }

  /** Trains the sources that are lacking. @returns false where one was stopped or interrupted: so is the study */
  async #pretrain({ id, plan }: StoredSourceStudy, signal: AbortSignal): Promise<boolean> {
    const { store } = this.#workspace;
    const { training } = this.#deps;
    for (const each of pretrainingOf(plan, store)) {
      if (each.status === 'completed') continue;
      signal.throwIfAborted();
      const run = await this.#trainSource(plan, each, signal).catch((thrown: unknown) => {
        signal.throwIfAborted();
        this.#note(id, named(`Source ‘${each.source}’`, thrown));
        return null;
      });
      // The others do not wait for one that cannot be trained.
      if (run === null) continue;
      await training.run(run)?.ended;
      const { status } = store.runs.get(run);
      if (status !== 'completed' && status !== 'failed') return false;
    }
    return true;
  }

  async #trainSource(
    plan: StoredSourceStudy['plan'],
    { source, backbone, weights, run }: StudyPretraining,
    signal: AbortSignal,
  ): Promise<string> {
    const { runs, training } = this.#deps;
    const call = { signal, progress: () => {} };
    if (run !== null && training.run(run)) return run;
    if (run !== null) return (await runs['run.resume']({ id: run }, call)).id;
    const { data, nature, accept, settings } = plan.sources.find(({ name }) => name === source)!.train!;
    const input = {
      ...settings,
      data,
      accept,
      backbone,
      source: null,
      initialisation: 'random' as const,
      name: weights,
      nature,
    };
    return (await runs['source.train'](input, call)).id;
  }
}

/** Of several folders, the one that cannot be used is named. */
export function named(what: string, thrown: unknown): CutpointError {
  const { code, message, remedy, details } = CutpointError.from(thrown);
  const codes = code === 'DATA_DOUBTFUL' ? (details?.codes as string[]).map((each) => `"${each}"`).join(', ') : '';
  const mended = codes === '' ? remedy : `Correct the data. To continue all the same: "accept": [${codes}] beside these data in the plan, or the box beside Start in the window.`; // prettier-ignore
  return new CutpointError(code, `${what}: ${message}`, {
    ...(mended !== undefined && { remedy: mended }),
    ...(details !== undefined && { details }),
    cause: thrown,
  });
}
