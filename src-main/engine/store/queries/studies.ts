import { CutpointError } from '../../../contract/errors.ts';
import { dataSelection, type DataSelection } from '../../../contract/data.ts';
import type { StudyDraft } from '../../../contract/study.ts';
import { pathOf } from '../../../userPath.ts';
import { damagedRow, requireWhole } from '../checksum.ts';
import { atomically, keysOf, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRows } from '../json.ts';
import { withNewId } from '../run-id.ts';
import { appendLog } from './log.ts';
import { loadDraft, saveDraft } from './studyDrafts.ts';

/** A study as it is stored, without what belongs to it. */
export interface StoredStudy {
  id: string;
  name: string;
  createdAt: string;
  openedAt: string;
  data: DataSelection | null;
  note: string;
}

/** What is given of a new study; `at`: when it was made and opened, where not now. */
type NewStudy = { name?: string; data?: DataSelection | null; note?: string; draft?: StudyDraft; at?: string };

/** A study with a new id. @returns its id */
export function createStudy(db: Writable, { name, data = null, note = '', draft = {}, at }: NewStudy): string {
  return atomically(db, () => {
    const now = at === undefined ? new Date() : new Date(at);
    const insert = db.prepare(
      `INSERT INTO studies (id, name, created_at, opened_at, data, note) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    );
    const own = name ?? untakenName(db, data === null ? 'Study' : nameOfFolder(data.folder));
    const time = now.toISOString();
    const id = withNewId(now, (id) => insert.run(id, own, time, time, selectionColumn(data), note));
    for (const [room, value] of Object.entries(draft)) saveDraft(db, id, room, value);
    appendLog(db, 'study.created', id);
    return id;
  });
}

/** The name, or the first of `NAME 2`, `NAME 3`, … that no study has. */
export function untakenName(db: Readable, name: string): string {
  const taken = new Set(db.prepare<[], string>('SELECT name FROM studies').pluck().all());
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} ${number}`;
    if (!taken.has(tried)) return tried;
  }
}

/** The last part of a path, of either system. */
const nameOfFolder = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;

/** Changes what is given. @throws CutpointError STUDY_UNKNOWN */
export function editStudy(
  db: Writable,
  id: string,
  { name, note, data, draft = {} }: Pick<NewStudy, 'name' | 'note' | 'data' | 'draft'>,
): void {
  atomically(db, () => {
    requireStudy(db, id);
    if (name !== undefined) {
      db.prepare('UPDATE studies SET name = ? WHERE id = ?').run(name, id);
      appendLog(db, 'study.renamed', id);
    }
    if (note !== undefined) db.prepare('UPDATE studies SET note = ? WHERE id = ?').run(note, id);
    if (data !== undefined) db.prepare('UPDATE studies SET data = ? WHERE id = ?').run(selectionColumn(data), id);
    for (const [room, value] of Object.entries(draft)) saveDraft(db, id, room, value);
  });
}

/** Another study with the data, draft and note of one, and a name of its own. @returns its id. @throws STUDY_UNKNOWN */
export function duplicateStudy(db: Writable, id: string, name?: string): string {
  return atomically(db, () => {
    const { data, note, ...study } = getStudy(db, id);
    return createStudy(db, { name: name ?? untakenName(db, study.name), data, note, draft: loadDraft(db, id) });
  });
}

/** Notes that a study was opened. @throws CutpointError STUDY_UNKNOWN */
export function openStudy(db: Writable, id: string): void {
  const at = new Date().toISOString();
  if (db.prepare('UPDATE studies SET opened_at = ? WHERE id = ?').run(at, id).changes === 0) throw unknownStudy(db, id);
}

const selectionColumn = (data: DataSelection | null): string | null =>
  data === null ? null : toColumn(dataSelection, data);

type Row = Omit<StoredStudy, 'data'> & { data: string | null; whole: number };
const SELECT = `SELECT id, name, created_at AS createdAt, opened_at AS openedAt, data, note, whole FROM studies
  WHERE id = ?`;

/** @throws CutpointError STUDY_UNKNOWN, naming those opened last; STORE_CORRUPT */
export function getStudy(db: Readable, id: string): StoredStudy {
  const row = db.prepare<[string], Row>(SELECT).get(id);
  if (row === undefined) throw unknownStudy(db, id);
  return fromRow(id, row);
}

function fromRow(id: string, { whole, data, ...row }: Row): StoredStudy {
  if (row.id !== id) throw damagedRow(`study ${id}`, new Error('its index does not agree'));
  requireWhole(whole, `study ${id}`);
  return { ...row, data: data === null ? null : fromColumn(dataSelection, data, `data of study ${id}`) };
}

/** All that can be read, the most recently opened first. */
export function listStudies(db: Readable): StoredStudy[] {
  return wholeRows(keysOf(db, 'studies'), (id) => getStudy(db, id)).sort((a, b) =>
    a.openedAt === b.openedAt ? (a.id < b.id ? 1 : -1) : a.openedAt < b.openedAt ? 1 : -1,
  );
}

/** @throws CutpointError STUDY_UNKNOWN */
export function requireStudy(db: Readable, id: string): void {
  if (db.prepare<[string]>('SELECT 1 FROM studies WHERE id = ?').get(id) === undefined) throw unknownStudy(db, id);
}

function unknownStudy(db: Readable, id: string): CutpointError {
  const valid = db.prepare<[], string>('SELECT id FROM studies ORDER BY opened_at DESC, id DESC LIMIT 5').pluck().all();
  return new CutpointError('STUDY_UNKNOWN', `There is no study '${id}' in this workspace.`, {
    remedy: valid.length === 0 ? 'There is none yet.' : `The last that were opened are ${valid.join(', ')}.`,
    details: { valid },
  });
}

/**
 * The study that something new on these data belongs to: the one that is named; else of those with the same selection the
 * one opened last; else a new one.
 * @throws CutpointError STUDY_UNKNOWN
 */
export function studyFor(db: Writable, data: DataSelection, named?: string): string {
  if (named === undefined) return studyOn(db, data) ?? createStudy(db, { data: withoutScale(data) });
  requireStudy(db, named);
  db.prepare('UPDATE studies SET data = ? WHERE id = ? AND data IS NULL').run(
    selectionColumn(withoutScale(data)),
    named,
  );
  return named;
}

/** Of the studies with the same selection of data the one opened last. */
export function studyOn(db: Readable, data: DataSelection): string | undefined {
  const wanted = selectionKey(data);
  return listStudies(db).find((study) => study.data !== null && selectionKey(study.data) === wanted)?.id;
}

/** The scale is found when the images are read, and is none of the choice of data. */
export const withoutScale = ({ greyScale: _found, ...data }: DataSelection): DataSelection => data;

/** Which images, labels and patients: the same for the same. */
export function selectionKey({ folder, labels, labelTag, groupPattern, groupBy = 'patient' }: DataSelection): string {
  const { csv, fileColumn, labelColumn, groupColumn = { left: 'out' } } = labels ?? {};
  const table = csv === undefined ? (labelTag ?? null) : [placeOf(csv), fileColumn, labelColumn, groupColumn];
  return JSON.stringify([placeOf(folder), table, groupPattern, groupBy]);
}

/** A home folder of somebody whom this machine does not know stands for itself. */
function placeOf(path: string): string {
  try {
    return pathOf(path);
  } catch {
    return path;
  }
}
