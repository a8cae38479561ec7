import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../contract/index.ts';
import { tagNamed } from '../../contract/dicomTag.ts';
import { groupingOf } from '../../contract/groups.ts';
import { headerValue, type SubgroupBy } from '../../contract/subgroups.ts';
import { measuredImages, type MeasuredImages } from '../cohort/parts.ts';
import { requireOneClass } from '../cohort/oneClass.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { tablePath } from '../data/labels.ts';
import { readColumns } from '../data/table.ts';
import { subgroupReport } from '../subgroups/report.ts';
import { subgroupValues } from '../subgroups/values.ts';
import type { Workspace } from '../store/workspace.ts';
import { requireMeasured } from './measured.ts';

/** Figures of a run by what else is known of its images. */
export function subgroupHandlers(workspace: Workspace): Pick<Handlers, 'run.subgroupChoices' | 'run.subgroups'> {
  const predicted = async (id: string, part: Parameters<typeof measuredImages>[2]) => {
    const run = workspace.store.runs.get(id);
    const measured = await measuredImages(workspace, run, part);
    requireMeasured(run, part, measured);
    requireOneClass(run.plan, 'subgroups');
    return { run, measured };
  };
  return {
    'run.subgroupChoices': async ({ id, part }) => choicesOf((await predicted(id, part)).measured),

    async 'run.subgroups'({ id, part, by, bands, least }, { signal, progress }) {
      const { run, measured } = await predicted(id, part);
      const { dataset, rows } = measured;
      const files = rows.map(({ file }) => file);
      const values = await subgroupValues(dataset, files, by, {
        signal,
        onProgress: (done, total) => progress({ done, total }),
      });
      const predictions = predictedBy(measured, run.classes);
      const column = by.kind === 'column' ? (tagNamed(by.name) ?? by.name) : by.value;
      const { classes } = run;
      return {
        ...{ run: id, by, classes: [...classes], least },
        images: rows.length,
        groups: new Set(predictions.groups).size,
        grouping: groupingOf(dataset.report),
        ...(await subgroupReport(
          predictions,
          files.map((file) => values.get(file) ?? null),
          { column, bands: bands?.toSorted((a, b) => a - b), least, classes, signal },
        )),
      };
    },
  };
}

/** The columns of the tables beside the images that are none of the file, the class or the patient; then DICOM headers. */
async function choicesOf({ dataset }: MeasuredImages): Promise<SubgroupBy[]> {
  const { folder, labels } = dataset.selection;
  const own = labels && tablePath(folder, labels.csv);
  const beside = await readdir(folder).catch(() => []);
  const tables = new Set([
    ...(own ? [own] : []),
    ...beside
      .filter(isTable)
      .sort()
      .map((name) => join(folder, name)),
  ]);
  const choices: SubgroupBy[] = [];
  for (const csv of tables) {
    const columns = (await readColumns(csv).catch(() => undefined)) ?? [];
    const fileColumn = csv === own ? labels!.fileColumn : columns.find(isFileColumn);
    if (fileColumn === undefined || !columns.includes(fileColumn)) continue;
    const used = [fileColumn, ...(csv === own ? [labels!.labelColumn, labels!.groupColumn] : [])];
    const free = columns.filter((name) => name.trim() !== '' && !used.includes(name));
    choices.push(...free.map((name): SubgroupBy => ({ kind: 'column', name, csv, fileColumn })));
  }
  if (dataset.report.formats.some(({ format }) => format === 'DICOM'))
    choices.push(...headerValue.options.map((value): SubgroupBy => ({ kind: 'header', value })));
  return choices;
}

const isTable = (name: string): boolean => /\.(csv|tsv)$/i.test(name);
const isFileColumn = (name: string): boolean => /^(file|file ?name|image|image_?id|path)$/i.test(name.trim());
