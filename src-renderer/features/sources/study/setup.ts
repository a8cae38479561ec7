import { cutPoints } from '../../../../src-main/backbone/cuts.ts';
import { findBackbone } from '../../../../src-main/backbone/zoo/index.ts';
import type { DataSelection } from '../../../../src-main/contract/data.ts';
import { PRESETS, type PresetName } from '../../../../src-main/contract/presets.ts';
import type { SourceSummary } from '../../../../src-main/contract/source.ts';
import type { SourceStudyPlanInput } from '../../../../src-main/contract/sourceStudy.ts';

/** What is chosen of a source study that is to be started. */
export interface StudySetup {
  /** Ids of studies of the workspace. */
  targets: string[];
  sources: string[];
  /** Empty: the one with the most sources. */
  backbone: string;
  folds: number;
  seeds: number;
  tested: 'half' | 'whole';
  preset: PresetName;
  input: number;
  /** Truncated at the end of each block, too. */
  cuts: boolean;
  /** Codes of grave findings in the targets that a person has read and goes on with. */
  accept: string[];
}

export const defaultSetup = (): StudySetup => ({
  ...{ targets: [], sources: [], backbone: '', folds: 5, seeds: 1, tested: 'half' },
  ...{ preset: 'quick-look', input: PRESETS['quick-look'].settings.input, cuts: false, accept: [] },
});

/** A study of the workspace as a target. */
export interface Target {
  id: string;
  name: string;
  data: DataSelection;
}

/** Networks that some source has weights for, those with the most of them first. */
export function networksOf(sources: readonly Pick<SourceSummary, 'backbone'>[]): string[] {
  const counts = [...Map.groupBy(sources, ({ backbone }) => backbone)];
  return counts.toSorted(([, a], [, b]) => b.length - a.length).map(([backbone]) => backbone);
}

/** The cuts that end a block of a network, without its output. */
export function blockEnds(backbone: string, input: number): string[] {
  const points = cutPoints(findBackbone(backbone).build(), { width: input, height: input });
  return points.slice(0, -1).flatMap(({ name, endsBlock }) => (endsBlock ? [name] : []));
}

/** The plan that was chosen; names of targets that are there twice get the number of their place. */
export function planOf(setup: StudySetup, targets: readonly Target[]): SourceStudyPlanInput {
  const names = targets.map(({ name }) => name);
  return {
    targets: targets.map(({ id, name, data }, at) => ({
      name: names.indexOf(name) === at ? name : `${name} (${at + 1})`,
      ...{ data, study: id, accept: setup.accept },
    })),
    sources: setup.sources.map((name) => ({ name })),
    backbones: [setup.backbone],
    seeds: Array.from({ length: setup.seeds }, (_, seed) => seed),
    folds: setup.folds,
    tested: setup.tested,
    settings: { ...PRESETS[setup.preset].settings, input: setup.input },
    cuts: setup.cuts ? blockEnds(setup.backbone, setup.input) : [],
  };
}
