import { architectureOf, networkSize, wholePlan } from '../../../backbone/architecture.ts';
import { findBackbone } from '../../../backbone/zoo/index.ts';
import type { ComparisonSummary } from '../../../contract/comparison/index.ts';
import { appliedTo, describeScale } from '../../../contract/greyScale.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { describeTransfer } from '../../../contract/strategies.ts';
import { selectionOf } from '../../../contract/task/index.ts';
import { sourceOf } from '../../export/exportRun.ts';
import type { Workspace } from '../../store/workspace.ts';

/** What was done, from the plan alone. Folders and files of the plan stay out. */
export function approachOf(
  workspace: Workspace,
  run: RunSummary,
  comparison: ComparisonSummary | null,
): StudyReport['approach'] {
  const { data, test: _, accept: __, ...settings } = run.plan;
  const backbone = findBackbone(settings.backbone);
  const plan = comparison?.plan;
  return {
    network: {
      ...{ backbone: backbone.name, title: backbone.title, paper: backbone.paper },
      ...{ transfer: describeTransfer(settings), cut: settings.cut ?? null },
      ...{ parameters: run.parameters, macs: run.macs, full: networkSize(wholePlan(run.plan), run.classes) },
    },
    source: sourceOf(workspace, run),
    settings,
    labels: data.labels ? 'table' : data.labelTag === undefined ? 'folders' : 'tag',
    ...(data.labelTag !== undefined && { labelTag: data.labelTag }),
    greyScale: describeScale(appliedTo(data)),
    preprocessing: preprocessing(run),
    selection: selectionOf(settings).title,
    seeds: plan ? [...plan.seeds] : [settings.seed],
    folds: plan?.kind === 'tournament' && plan.folds.kind === 'groups' ? plan.folds.k : null,
  };
}

function preprocessing({ plan, classes }: RunSummary): StudyReport['approach']['preprocessing'] {
  const { mean, std } = architectureOf(plan, classes).preprocessing;
  return { mean: [...mean], std: [...std] };
}
