import { join, resolve } from 'node:path';
import type { DataSelection, FileProblem, HeaderCounts } from '../../contract/data.ts';
import { CutpointError, type ErrorCode } from '../../contract/errors.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { isFitted } from '../../contract/greyScale.ts';
import { isPatientColumn } from '../../contract/groups.ts';
import { buildReport } from './audit.ts';
import { asChosen } from './chosen.ts';
import { copiesTogether } from './copiesTogether.ts';
import { detailsOf } from './details.ts';
import { describeFrames, frameFindings, framesOf, inFrames, probeFrames, withoutLeftOut } from './frames.ts';
import { describeExtents, resolveScale } from './greyScale.ts';
import { hashGroup, identifyGroups, looksLikeSite, type GroupChoice, type GroupedFile } from './groups.ts';
import { DAMAGED, knownDigests, requireArrived } from './knownDigests.ts';
import { labelsIn } from '../../contract/labelRows.ts';
import { labelByFolder } from './labelFolders.ts';
import { listed, tablePath, UNLABELLED } from './labels.ts';
import { layoutOf } from './layout.ts';
import { labelByTable } from './labelTable.ts';
import { labelByTag } from './labelTag.ts';
import { appearanceOf } from './look/appearance.ts';
import { givenParts } from './parts.ts';
import { readByPattern } from './pattern.ts';
import { isZip } from './places/archive.ts';
import { withoutFrame } from './places/frameNames.ts';
import { probeFiles } from './probes.ts';
import { asResolved, byFrames, mergePatients } from './resolved.ts';
import { settled } from './settled.ts';
import type { Note } from './readers/picture.ts';
import { notesOn } from './readers/scale.ts';
import { probeShortcuts } from './shortcuts/shortcuts.ts';
import { describeSeries, inSeriesOrder, seriesAmong, seriesFindings } from './series.ts';
import { describeTables } from './table.ts';
import type { Probe } from './tasks.ts';
import type { Dataset, DatasetImage, ScannedDataset } from './types.ts';
import { compare, isArchive, UNPACK, walkFolder, type Walk } from './walk.ts';
import { placeOf } from '../../userPath.ts';

export interface ScanOptions {
  /** Secret of the workspace under which patient identifiers are hashed. */
  salt: string;
  /** Folder where is kept what was read of files, so that none is read twice; left out: nothing is. */
  facts?: string;
  /** Every file is read, whatever is kept of it. */
  anew?: boolean;
  /** Classes of the model that the images are for. */
  known?: readonly string[] | undefined;
  /** The grey scale is that of a preview, whatever the selection says: a run fits its own. */
  preview?: boolean;
  /** Whether readers let others go first, see `PoolOptions`. */
  lowered?: () => boolean;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
  /** What the headers of many files say, before they are read. */
  onHeaders?: (headers: HeaderCounts) => void;
}

/**
 * Looks at every image of a selection: decodes it once, hashes it, finds its label and its patient. What cannot be read
 * is listed in the report and the rest goes on; why training cannot start is listed as obstacles. The selection that comes
 * back says how images without a window are shown; where their scale is to be found, that is a preview made of all of
 * them, and a run fits its own to its training images.
 * Throws FOLDER_NOT_FOUND, FOLDER_NOT_READABLE, FOLDER_EMPTY, LABELS_NOT_READABLE, LABELS_COLUMN_MISSING,
 * GROUP_PATTERN_INVALID, INPUT_INVALID, CANCELLED.
 */
export async function scanDataset(selection: DataSelection, options: ScanOptions): Promise<ScannedDataset> {
  const { salt, signal, onProgress } = options;
  const folder = placeOf(selection.folder);
  requireOneSource(selection);
  requireUnjoined(selection);
  const walk = await walkFolder(folder, signal);
  if (walk.files.length === 0) throw noImages(folder, walk);
  // Long before the images are read: what is wrong with the pattern shows on their names.
  if (selection.groupPattern !== undefined) await readByPattern(selection.groupPattern, walk.files);
  const known = await knownDigests(folder);
  for (const table of walk.tables)
    if (selection.labels && resolve(tablePath(folder, selection.labels.csv)) === join(folder, table))
      await requireArrived(folder, table, known);
  const layout = await layoutOf(folder, walk, { choice: selection.layout, known: options.known, signal });
  const labelled = selection.labels
    ? await labelByTable({ ...selection, folder }, selection.labels, walk)
    : selection.labelTag === undefined
      ? labelByFolder(walk, layout)
      : await labelByTag(folder, selection.labelTag, walk, signal);
  const decided = byFrames(selection.resolutions);
  const labelling = asResolved(asChosen(labelled, selection, layout), decided.files, options.known);

  const problems: FileProblem[] = [...walk.problems, ...labelling.problems];
  const probes = new Map<string, Probe>();
  const isLabelled = labelling.files.length + labelling.leftOut.length > 0;
  // Where nothing has a label, what the files are is still of use.
  const loose = isLabelled || selection.labels ? [] : walk.files;
  const files = isLabelled ? labelling.files.map(({ file }) => file) : loose;
  const probed = await probeFiles(folder, files, {
    facts: options.facts,
    anew: options.anew,
    present: walk.files,
    lowered: options.lowered,
    signal,
    onProgress,
    onHeaders: options.onHeaders,
  });
  for (const [file, outcome] of probed) {
    const arrived = known.get(file);
    if (outcome instanceof CutpointError) problems.push({ file, code: outcome.code, message: outcome.message });
    else if (arrived !== undefined && arrived !== outcome.sha256)
      problems.push({ file, code: 'IMAGE_CORRUPT', message: DAMAGED });
    else probes.set(file, outcome);
  }
  const found = describeFrames(probes.values(), selection);
  const frames = framesOf(probes, selection);
  problems.push(...frames.problems);
  const framed = await probeFrames(folder, frames, {
    facts: options.facts,
    anew: options.anew,
    present: walk.files,
    lowered: options.lowered,
    signal,
    onProgress: (done, total) => onProgress?.(files.length + done, files.length + total),
  });
  for (const [file, outcome] of framed)
    if (outcome instanceof CutpointError) problems.push({ file, code: outcome.code, message: outcome.message });
    else probes.set(file, outcome);

  const unread = new Set(problems.flatMap(({ file, code }) => (code === UNLABELLED ? [] : [file])));
  const unlabelled = inFrames(loose.map((file) => ({ file })), frames).flatMap(({ file }) => probes.get(file) ?? []); // prettier-ignore
  const single = withoutLeftOut(inFrames(labelling.files, frames), frames, selection);
  const taken = asResolved({ ...labelling, ...single, problems: [], warnings: [] }, decided.frames, options.known);
  const readable = taken.files.flatMap((labelled) => {
    const probe = probes.get(labelled.file);
    return probe ? [{ ...labelled, identity: probe.identity, probe }] : [];
  });
  const { column, untaken } = judged(labelling.column, readable);
  const groups = await identifyGroups(readable, { ...selection, column, nextBest: labelling.nextBest });
  const { identifiers, grouping } = groups;
  const looked = isLabelled ? readable.map(({ probe }) => probe) : unlabelled;
  const extents = looked.flatMap(({ extent }) => extent ?? []);
  const scale = resolveScale(extents, selection.greyScale);
  const noted = looked.map(({ notes, extent, dicom }): Note[] =>
    notesOn(scale, notes, { extent, hounsfield: dicom?.hounsfield, windows: dicom?.windowNames?.length }),
  );
  const given = await givenParts({ ...selection, folder }, files);
  labelling.obstacles.push(...given.obstacles);
  const grouped: DatasetImage[] = readable.map(({ file, label, part: inFolder, probe }, index) => {
    const { format, width, height, bytes, sha256, fileSha256 = sha256 } = probe;
    // Without a group the content stands for it, so that copies of one file, and its frames, at least stay together.
    const own = identifiers[index];
    const kind = grouping === 'study' || grouping === 'series' ? grouping : 'patient';
    const identifier = own === undefined ? `content ${fileSha256}` : `${kind} ${own}`;
    const part = given.parts.get(withoutFrame(file).file) ?? inFolder;
    const group = hashGroup(salt, identifier);
    const several = labelling.names && { labels: labelsIn(label) };
    return { file, label, group, format, width, height, bytes, sha256, ...(part && { part }), ...several };
  });
  const appearance = await appearanceOf(readable.map(({ probe }) => probe), signal); // prettier-ignore
  const merged = mergePatients(grouped, selection.resolutions, grouping);
  const { images, findings: joined } = selection.copiesTogether
    ? copiesTogether(merged.images, { alike: appearance.alike, grouping })
    : { images: merged.images, findings: [] };
  const details = detailsOf(images, { read: readable, noted, appearance, grouping });
  const sliced = readable.map(({ file, probe: { identity, dicom } }) => ({ file, series: identity?.series, slice: dicom?.slice })); // prettier-ignore
  const inSeries = seriesAmong(sliced);
  const { series } = describeSeries(sliced, inSeries);
  const classes = labelling.names ?? [...new Set(images.map(({ label }) => label))].sort(compare);
  const tables = await describeTables(folder, walk.tables);
  const report = buildReport({
    folder,
    walk,
    layout,
    byTable: selection.labels !== undefined || selection.labelTag !== undefined,
    // Who has chosen where the labels are wants no other table.
    labelling:
      (selection.labels ?? selection.labelTag)
        ? labelling
        : { ...labelling, warnings: [...labelling.warnings, ...tables.findings] },
    problems: problems
      .filter(({ file, code }) => code !== UNLABELLED || !unread.has(file))
      .sort((a, b) => compare(a.file, b.file)),
    images,
    looked,
    classes,
    groups: {
      ...groups,
      findings: [
        ...[...untaken, ...groups.findings, ...merged.findings, ...joined],
        ...[...frameFindings(found), ...single.findings, ...taken.warnings, ...seriesFindings({ series })],
      ],
    },
    shortcuts: labelling.names
      ? null
      : await probeShortcuts(
          images.map((image, at) => ({ ...image, probe: readable[at]!.probe })),
          signal,
        ),
    scanners: readable.map(({ identity }) => identity?.scanner),
    notes: noted.flat(),
    appearance,
    grey: looked.filter(({ grey }) => grey).length,
    dicom: looked.flatMap(({ dicom }) => dicom ?? []),
    people: looked.flatMap(({ dicom, identity }) => (dicom ? [identity ?? {}] : [])),
    peopleOfClass: new Map(labelling.names ? [] : [...Map.groupBy(readable.filter(({ probe }) => probe.dicom), ({ label }) => label)].map(([label, own]) => [label, own.map(({ identity }) => identity ?? {})])), // prettier-ignore
    greyScale: describeExtents(extents, scale, options.preview ?? isFitted(selection.greyScale)),
    csvFiles: tables.offered,
    ...{ frames: found.frames, series },
  });
  // A relative folder would be another one for an engine started elsewhere.
  return {
    selection: { ...selection, folder, greyScale: scale, ...(layout.choice && { layout: layout.choice }) },
    report: { ...report, warnings: settled(report.warnings, { images, details }, selection.resolutions) },
    images,
    classes,
    details,
    alike: appearance.alike,
    order: inSeriesOrder(images.length, inSeries),
    looks: readable.map(({ probe }) => probe.look),
    leftOut: [...labelling.leftOut, ...taken.leftOut],
    levels: readable.map(({ probe: { extent = null, grey } }) => ({ extent, grey })),
  };
}

/** @throws CutpointError INPUT_INVALID */
function requireOneSource({ labels, labelTag }: DataSelection): void {
  if (labels === undefined || labelTag === undefined) return;
  throw new CutpointError('INPUT_INVALID', 'The labels come from a table or from a DICOM tag, not from both.', {
    remedy: 'Leave one of them out.',
  });
}

/** @throws CutpointError INPUT_INVALID */
function requireUnjoined({ labels, join: joined, resolutions = [] }: DataSelection): void {
  if (!labels?.multi) return;
  const remedy = 'Change the table, and read it again.';
  if (resolutions.some(({ kind }) => kind === 'relabel'))
    throw new CutpointError('INPUT_INVALID', 'Labels of which an image may have several are not changed here.', { remedy }); // prettier-ignore
  if (Object.keys(joined ?? {}).length > 0)
    throw new CutpointError('INPUT_INVALID', 'Labels of which an image may have several are not joined here.', { remedy }); // prettier-ignore
}

function noImages(folder: string, { passedOver, problems }: Walk): CutpointError {
  const unread = problems.find(({ file }) => isZip(file));
  if (unread)
    return new CutpointError('FOLDER_EMPTY', `There are no images in ${folder}: ${unread.file} cannot be read. ${unread.message}`, {
      remedy: UNPACK,
    }); // prettier-ignore
  const archives = passedOver.filter(isArchive);
  if (archives.length > 0)
    return new CutpointError('FOLDER_EMPTY', `There are no images in ${folder}, but archives: ${listed(archives)}.`, {
      remedy: UNPACK,
    });
  return new CutpointError('FOLDER_EMPTY', `There are no images in ${folder}.`, {
    remedy: 'Choose a folder with DICOM, PNG, JPEG, TIFF, BMP or WebP files.',
  });
}

/** A column `group` that nobody named is taken only where it may hold patients. */
function judged(
  column: GroupChoice['column'],
  files: readonly GroupedFile[],
): { column: GroupChoice['column']; untaken: Finding[] } {
  const values = files.map(({ patient }) => patient?.trim() || undefined);
  if (!column || column.named || isPatientColumn(column.name) || !looksLikeSite(files, values))
    return { column, untaken: [] };
  const message = `The label file has a column ‘${column.name}’ with ${new Set(values).size} values for ${files.length} images. It looks like a site, an arm or a fold, and was not taken as the patient; if it is the patient, name it: \`--group-column ${column.name}\`, or ‘Patient column’ in the window.`;
  return { column: undefined, untaken: [findingOf('GROUP_COLUMN_NOT_TAKEN', message)] };
}

/** Throws the first obstacle of the report, if there is one: training must not start on this selection. */
export function assertTrainable({ report }: Dataset): void {
  const [obstacle] = report.obstacles;
  if (!obstacle) return;
  throw new CutpointError(obstacle.code as ErrorCode, obstacle.message, { remedy: obstacle.remedy });
}
