import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handlers } from '../../contract/index.ts';
import { tagNamed } from '../../contract/dicomTag.ts';
import { groupingOf } from '../../contract/groups.ts';
import { headerValue, type SubgroupBy } from '../../contract/subgroups.ts';
import type { RunSummary } from '../../contract/run.ts';
import { measuredImages, type MeasuredImages } from '../cohort/parts.ts';
import { labelThreshold, oneLabel, requireLabel } from '../cohort/oneLabel.ts';
import { predictedBy } from '../cohort/predicted.ts';
import { tablePath } from '../data/labels.ts';
import { readColumns } from '../data/table.ts';
import { subgroupReport } from '../subgroups/report.ts';
import { subgroupValues } from '../subgroups/values.ts';
import type { Reader } from '../store/store.ts';
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
    async 'run.subgroupChoices'({ id, part, label }) {
      const { run, measured } = await predicted(id, part);
      return choicesOf(measured, label === undefined ? null : requireLabel(run, label));
    },

    async 'run.subgroups'({ id, part, by, bands, least, label }, { signal, progress }) {
      const { run, measured } = await predicted(id, part);
      const told = toldOf(workspace.store, run, measured, requireLabel(run, label));
      const { files, predictions, classes } = told;
      const { dataset } = measured;
      const values = await subgroupValues(dataset, files, by, {
        signal,
        onProgress: (done, total) => progress({ done, total }),
      });
      const column = by.kind === 'column' ? (tagNamed(by.name) ?? by.name) : by.value;
      return {
        ...{ run: id, by, classes: [...classes], least, ...(told.label && { label: told.label }) },
        images: files.length,
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

/** What is divided: all images with their classes, or those of which a label is known. */
function toldOf(store: Reader, run: RunSummary, measured: MeasuredImages, name: string | null) {
  const all = predictedBy(measured, run.classes);
  const files = measured.rows.map(({ file }) => file);
  if (name === null) return { files, predictions: all, classes: run.classes };
  const { images, predictions, classes } = oneLabel(all, run.classes, name);
  const from = labelThreshold(store, run, name);
  const called = Uint8Array.from(images, (_, at) => (predictions.probabilities[2 * at + 1]! >= from.threshold ? 1 : 0));
  return {
    files: Array.from(images, (image) => files[image]!),
    predictions: { ...predictions, called },
    classes,
    label: { name, of: files.length, ...from },
  };
}

/**
 * The columns of the tables beside the images that are none of the file, the class or the label, or the patient; then DICOM
 * headers.
 */
async function choicesOf({ dataset }: MeasuredImages, label: string | null): Promise<SubgroupBy[]> {
  const { folder, labels } = dataset.selection;
  const own = labels && tablePath(folder, labels.csv);
  // Where labels have a column each, that of a single class is none, whatever it is called.
  const ofClass = labels?.multi?.columns ? label : labels?.labelColumn;
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
    const used = [fileColumn, ...(csv === own ? [ofClass, labels!.groupColumn] : [])];
    const free = columns.filter((name) => name.trim() !== '' && !used.includes(name));
    choices.push(...free.map((name): SubgroupBy => ({ kind: 'column', name, csv, fileColumn })));
  }
  if (dataset.report.formats.some(({ format }) => format === 'DICOM'))
    choices.push(...headerValue.options.map((value): SubgroupBy => ({ kind: 'header', value })));
  return choices;
}

const isTable = (name: string): boolean => /\.(csv|tsv)$/i.test(name);
const isFileColumn = (name: string): boolean => /^(file|file ?name|image|image_?id|path)$/i.test(name.trim());
