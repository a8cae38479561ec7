import type { Handlers } from '../../contract/index.ts';
import { groupingOf } from '../../contract/groups.ts';
import { headerValue, type SubgroupBy } from '../../contract/subgroups.ts';
import { measuredImages, type MeasuredImages } from '../cohort/parts.ts';
import { predictedBy } from '../cohort/predicted.ts';
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
      const predictions = predictedBy(measured);
      const column = by.kind === 'column' ? by.name : by.value;
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
function choicesOf({ dataset }: MeasuredImages): SubgroupBy[] {
  const { labels } = dataset.selection;
  const { csvFiles, formats } = dataset.report;
  const columns = csvFiles.flatMap(({ path, columns: all }) => {
    const own = labels !== undefined && path.endsWith(labels.csv);
    const fileColumn = own ? labels.fileColumn : all.find((name) => /^(file|filename|image|path)$/i.test(name));
    if (fileColumn === undefined) return [];
    const used = own ? [fileColumn, labels.labelColumn, labels.groupColumn] : [fileColumn];
    return all
      .filter((name) => name.trim() !== '' && !used.includes(name))
      .map((name): SubgroupBy => ({ kind: 'column', name, csv: path, fileColumn }));
  });
  const isDicom = formats.some(({ format }) => format === 'DICOM');
  return [...columns, ...(isDicom ? headerValue.options.map((value): SubgroupBy => ({ kind: 'header', value })) : [])];
}
