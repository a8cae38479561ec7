import { extname } from 'node:path';
import { findingOf, type Finding } from '../../contract/findings.ts';
import type { Glance } from '../../contract/images.ts';
import { placeOf } from '../../userPath.ts';
import { maskClasses } from './companions.ts';
import { folderFindings } from './findings/folders.ts';
import { glanceAtTables } from './glanceTables.ts';
import { labelByFolder } from './labelFolders.ts';
import { layoutOf } from './layout.ts';
import { compare, walkFolder } from './walk.ts';

/** Fewer classes of one image each may be meant. */
const MANY_SINGLES = 5;

/** A folder by its names alone: no image is opened. @throws CutpointError FOLDER_NOT_FOUND, FOLDER_NOT_READABLE, CANCELLED */
export async function glanceAt(text: string, signal?: AbortSignal): Promise<Glance> {
  const folder = placeOf(text);
  const walk = await walkFolder(folder, signal);
  const { files, tables } = walk;
  const layout = await layoutOf(folder, walk, { signal });
  const labelled = labelByFolder(walk, layout).files;
  const byFolder = Map.groupBy(files, (file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : ''));
  const folders = [...byFolder].filter(([name]) => name !== '').map(([name, own]) => ({ name, files: own.length })); // prettier-ignore
  const loose = byFolder.get('')?.length ?? 0;
  const labels = await glanceAtTables(folder, files, tables);
  const { suggested } = labels;
  const isNamed = labels.tables.some(({ matched, byEnd = 0 }) => (matched?.rows ?? 0) + byEnd > 0);
  const ofMasks = new Set(maskClasses(labelled, layout.masks));
  const masks = files.filter((file) => layout.masks.has(file) && !ofMasks.has(layout.labelOf(file) ?? ''));
  return {
    folder,
    files: files.length,
    folders: folders.sort((a, b) => compare(a.name, b.name)),
    loose,
    endings: endingsOf(files),
    tables: labels.tables,
    findings: [
      ...(suggested === null ? unlikely(folders, isNamed ? 0 : loose) : []),
      ...folderFindings(walk, layout, labelled, suggested !== null),
      ...labels.findings,
    ],
    masks,
    suggested,
    ...(Object.keys(layout.found).length > 0 && { layout: layout.found }),
  };
}

/** What folders are that are no classes. */
function unlikely(folders: Glance['folders'], loose: number): Finding[] {
  const findings: Finding[] = [];
  const singles = folders.filter(({ files }) => files === 1).length;
  if (singles >= MANY_SINGLES && singles * 2 > folders.length)
    findings.push(findingOf('SINGLE_IMAGE_FOLDERS', `${singles} of the ${folders.length} folders hold one file each: they look like patients or studies, not like classes. A table can say the class of each file.`)); // prettier-ignore
  if (folders.length === 0 && loose > 0)
    findings.push(findingOf('NO_LABELS', 'The files are in no folders that could say their class, and no table names them.')); // prettier-ignore
  return findings;
}

function endingsOf(files: readonly string[]): Glance['endings'] {
  return [...Map.groupBy(files, (file) => extname(file).slice(1).toLowerCase())]
    .map(([ending, own]) => ({ ending, files: own.length }))
    .sort((a, b) => b.files - a.files || compare(a.ending, b.ending));
}
