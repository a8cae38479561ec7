import { createHash } from 'node:crypto';
import { z } from 'zod';
import { auditReport, dataSelection } from '../../../contract/data.ts';
import { isHounsfield, isNthWindow } from '../../../contract/greyScaleKinds.ts';
import { labelsIn } from '../../../contract/labelRows.ts';
import { grouping, groupingOf } from '../../../contract/groups.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { studyData, type StudyData } from '../../../contract/study.ts';
import type { Dataset, DatasetImage } from '../../data/types.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRows } from '../json.ts';
import { appendLog } from './log.ts';

const names = z.array(z.string());

/**
 * Stores a dataset with its images and returns its id: the same folder, files, labels, groups and scale always have the same
 * id, so an id stands for one unchanging list of images. Saving it again renews selection and report.
 */
export function saveDataset(db: Writable, dataset: Dataset): string {
  const id = datasetId(dataset);
  atomically(db, () => {
    const columns = {
      id,
      folder: dataset.selection.folder,
      fingerprint: dataset.report.fingerprint,
      selection: toColumn(dataSelection, dataset.selection),
      // The columns of a table without a header row are its first patient.
      report: toColumn(auditReport, { ...dataset.report, csvFiles: [] }),
      classes: toColumn(names, dataset.classes),
      at: new Date().toISOString(),
    };
    const renewed = db
      .prepare('UPDATE datasets SET selection = @selection, report = @report, classes = @classes WHERE id = @id')
      .run(columns);
    // What was just read lies where it was read.
    db.prepare('DELETE FROM dataset_moves WHERE dataset_id = ?').run(id);
    if (renewed.changes > 0) return;
    db.prepare(
      `INSERT INTO datasets (id, folder, fingerprint, selection, report, classes, created_at)
       VALUES (@id, @folder, @fingerprint, @selection, @report, @classes, @at)`,
    ).run(columns);
    const insert = db.prepare(
      `INSERT INTO images (dataset_id, position, file, label, group_hash, format, width, height, bytes, sha256)
       VALUES (@id, @position, @file, @label, @group, @format, @width, @height, @bytes, @sha256)`,
    );
    dataset.images.forEach((image, position) => insert.run({ ...image, id, position }));
    appendLog(db, 'dataset.saved', id);
  });
  return id;
}

/** @throws STORE_CORRUPT where an image is not what was saved, or the dataset is not there. */
export function loadDataset(db: Readable, id: string): Dataset {
  const row = db
    .prepare<[string], { selection: string; report: string; classes: string; salt: string | null }>(
      'SELECT selection, report, classes, salt FROM datasets WHERE id = ?',
    )
    .get(id);
  if (row === undefined) throw damagedRow(`list of images of dataset ${id}`, new Error('it is not there'));
  const images = db
    .prepare<[string], DatasetImage>(
      `SELECT file, label, group_hash AS "group", format, width, height, bytes, sha256
       FROM images WHERE dataset_id = ? ORDER BY position`,
    )
    .all(id);
  const selection = fromColumn(dataSelection, row.selection, `selection of dataset ${id}`);
  const dataset = {
    selection,
    report: fromColumn(auditReport, row.report, `report of dataset ${id}`),
    images: selection.labels?.multi ? images.map((image) => ({ ...image, labels: labelsIn(image.label) })) : images,
    classes: fromColumn(names, row.classes, `class list of dataset ${id}`),
    ...(row.salt !== null && { foreign: true }),
  };
  if (datasetId(dataset) !== id)
    throw damagedRow(`list of images of dataset ${id}`, new Error('its id does not agree'));
  const moved = movedTo(db, id);
  if (moved === undefined) return dataset;
  requireWhole(moved.whole, `folder of dataset ${id}`);
  return { ...dataset, selection: { ...dataset.selection, folder: moved.folder } };
}

const movedTo = (db: Readable, id: string) =>
  db
    .prepare<[string], { folder: string; whole: number }>(
      'SELECT folder, whole FROM dataset_moves WHERE dataset_id = ?',
    )
    .get(id);

/** Where the images of datasets lie that were moved since they were read. What is damaged is told with the dataset. */
export function foldersNow(
  db: Readable,
  { dataset, test }: { dataset: string | null; test: string | null },
): Pick<RunSummary, 'moved'> {
  const [data, own] = [dataset, test].map((id) => {
    const moved = id === null ? undefined : movedTo(db, id);
    return moved?.whole === 1 ? moved.folder : undefined;
  });
  if (data === undefined && own === undefined) return {};
  return { moved: { ...(data !== undefined && { data }), ...(own !== undefined && { test: own }) } };
}

/** Notes where the images of a dataset lie now. */
export function moveDataset(db: Writable, id: string, folder: string): void {
  db.prepare(
    `INSERT INTO dataset_moves (dataset_id, folder, moved_at) VALUES (?, ?, ?)
     ON CONFLICT (dataset_id) DO UPDATE SET folder = excluded.folder, moved_at = excluded.moved_at`,
  ).run(id, folder, new Date().toISOString());
  appendLog(db, 'dataset.moved', id);
}

const facts = z.object({
  warnings: auditReport.shape.warnings,
  grouping: grouping.nullable(),
  groupSource: auditReport.shape.groupSource,
});

const LOST = {
  code: 'STORE_CORRUPT',
  message: 'The stored report on these images is damaged: what was found in them can no longer be said.',
};

/** What was found in the datasets of a run or a comparison, and what their groups are, without reading their images. */
export function datasetFacts(
  db: Readable,
  { dataset, test }: { dataset: string | null; test: string | null },
): Pick<RunSummary, 'findings' | 'grouping' | 'testGrouping'> {
  const read = db
    .prepare<[string], string>(
      // JSON5, for the checksum in a comment. What is damaged is told with the dataset, and hides no run.
      `SELECT json_object('warnings', json_extract(report, '$.warnings'), 'grouping', json_extract(report, '$.grouping'),
         'groupSource', json_extract(report, '$.groupSource')) FROM datasets WHERE id = ? AND json_valid(report, 2)`,
    )
    .pluck();
  const factsOf = (id: string | null) =>
    wholeRows(id === null ? [] : read.all(id), (report) => fromColumn(facts, report, 'report of a dataset'));
  const [own, other] = [factsOf(dataset), factsOf(test)];
  const lost = [dataset, test].filter((id) => id !== null).length - own.length - other.length;
  const found = [...own, ...other].flatMap(({ warnings }) => warnings);
  const kindOf = ([report]: typeof own) =>
    report && groupingOf({ groupSource: report.groupSource, grouping: report.grouping ?? undefined });
  const [grouping, testGrouping] = [kindOf(own), kindOf(other)];
  return {
    ...((own.length + other.length > 0 || lost > 0) && {
      findings: [...new Map(found.map((each) => [each.message, each])).values(), ...(lost > 0 ? [LOST] : [])],
    }),
    ...(grouping && { grouping }),
    ...(testGrouping && { testGrouping }),
  };
}

const counted = studyData.extend({ groupSource: auditReport.shape.groupSource });

/** What was last read for the runs and comparisons of a study, without its images; undefined before, and where damaged. */
export function datasetOfStudy(
  db: Readable,
  study: string,
): { data: StudyData; moved: string | undefined } | undefined {
  const rows = db
    .prepare<{ study: string }, { id: string; report: string }>(
      `SELECT id, json_object('images', json_extract(report, '$.images'), 'groups', json_extract(report, '$.groups'),
         'grouping', json_extract(report, '$.grouping'), 'groupSource', json_extract(report, '$.groupSource'),
         'classes', json_extract(report, '$.classes')) AS report
       FROM datasets WHERE json_valid(report, 2) AND id = (
         SELECT dataset_id FROM (${newestOf('runs')} UNION ALL ${newestOf('comparisons')})
         ORDER BY created_at DESC LIMIT 1)`,
    )
    .all({ study });
  return wholeRows(rows, ({ id, report }) => {
    const { groupSource, grouping, ...data } = fromColumn(counted, withoutNull(report), 'report of a dataset');
    const kind = groupingOf({ groupSource, grouping });
    return { data: { ...data, grouping: kind }, moved: foldersNow(db, { dataset: id, test: null }).moved?.data };
  })[0];
}

/** Of each table alone, so that its index is followed to the first that has data. */
const newestOf = (table: 'runs' | 'comparisons'): string =>
  `SELECT * FROM (SELECT dataset_id, created_at FROM ${table} WHERE study_id = @study AND dataset_id IS NOT NULL
     ORDER BY created_at DESC LIMIT 1)`;

/** Reports of earlier versions do not say what their groups are. */
const withoutNull = (report: string): string => report.replace('"grouping":null,', '');

/** The fingerprint alone would not do: it leaves out file names, by which splits and predictions refer to images. */
function datasetId({ selection, report, images }: Dataset): string {
  const identity = [
    selection.folder,
    report.fingerprint,
    images.map((i) => [i.file, i.label, i.group, i.sha256]),
    // Where no image needs a scale, any is the same.
    ...(report.greyScale ? [report.greyScale.applied] : []),
    ...(report.dicom?.hounsfield && selection.greyScale && isHounsfield(selection.greyScale)
      ? [selection.greyScale]
      : []),
    ...(report.dicom?.severalWindows && selection.greyScale && isNthWindow(selection.greyScale)
      ? [selection.greyScale]
      : []),
  ];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
}
