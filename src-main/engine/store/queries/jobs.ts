import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { CutpointError } from '../../../contract/errors.ts';
import { jobRow, type JobMethod, type JobRow, type JobStatus } from '../../../contract/job.ts';
import { damagedRow, requireChecksum } from '../checksum.ts';
import { atomically, type Readable, type Writable } from '../database.ts';
import { fromColumn, toColumn, wholeRow, wholeRows } from '../json.ts';
import { withNewId } from '../run-id.ts';

/** A job as it is stored. */
export type StoredJob = Omit<JobRow, 'title'> & { input: unknown };

const storedJob = jobRow.omit({ title: true }).extend({ input: z.unknown() });
const { error: errorColumn } = jobRow.shape;
const json = z.unknown();
const names = z.array(z.string());

/** A queued job with a new id. @param reads what its answer is made of: `run:ID`, `source:NAME`, `folder:PATH` */
export function createJob(
  db: Writable,
  job: { method: JobMethod; key: string; input: unknown; reads: readonly string[] },
): string {
  const now = new Date();
  const insert = db.prepare(
    `INSERT INTO jobs (id, method, key, status, created_at, input, reads) VALUES (?, ?, ?, 'queued', ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  );
  const row = [job.method, job.key, now.toISOString(), toColumn(json, job.input), toColumn(names, [...job.reads])];
  return withNewId(now, (id) => insert.run(id, ...row));
}

export function beginJob(db: Writable, id: string): void {
  db.prepare("UPDATE jobs SET status = 'running', started_at = ? WHERE id = ?").run(new Date().toISOString(), id);
}

/** How a job ended; with its answer, where it is to be kept, and a digest of the files that it left. */
export function endJob(
  db: Writable,
  id: string,
  status: JobStatus,
  { answer, written = null, error = null }: { answer?: unknown; written?: string | null; error?: JobRow['error'] } = {},
): void {
  atomically(db, () => {
    db.prepare('UPDATE jobs SET status = ?, ended_at = ?, written = ?, error = ? WHERE id = ?').run(
      status,
      new Date().toISOString(),
      written,
      error === null ? null : toColumn(errorColumn, error),
      id,
    );
    if (answer === undefined) return;
    const bytes = serialize(answer);
    if (bytes.length > LARGEST_ANSWER) return;
    db.prepare('INSERT INTO job_answers (job_id, answer, crc32) VALUES (?, ?, ?)').run(id, bytes, crc32(bytes));
  });
}

/** Bytes; a larger answer goes to who asked, and is not kept. */
const LARGEST_ANSWER = 64 * 1024 ** 2;

/** Jobs that a dead engine left in the middle. */
export function interruptJobs(db: Writable): void {
  const error = toColumn(errorColumn, {
    code: 'ENGINE_CRASHED',
    message: 'Cutpoint was closed, or its engine ended, before this was done.',
    remedy: 'Start it again.',
  });
  db.prepare(
    "UPDATE jobs SET status = 'interrupted', ended_at = ?, error = ? WHERE status IN ('queued', 'running')",
  ).run(new Date().toISOString(), error);
}

const COLUMNS = `id, method, status, created_at AS createdAt, started_at AS startedAt, ended_at AS endedAt, input, error,
  EXISTS (SELECT 1 FROM job_answers WHERE job_id = jobs.id) AS kept`;

type Row = Omit<StoredJob, 'error' | 'kept'> & { input: string; error: string | null; kept: number };

function fromRow(row: Row): StoredJob {
  const what = `job ${row.id}`;
  const read = {
    ...row,
    kept: row.kept === 1,
    input: fromColumn(json, row.input, what),
    error: fromColumn(errorColumn, row.error ?? 'null', what),
  };
  return wholeRow(storedJob, read, what) as StoredJob;
}

/** @throws CutpointError JOB_UNKNOWN */
export function getJob(db: Readable, id: string): StoredJob {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`).get(id);
  if (row === undefined) {
    throw new CutpointError('JOB_UNKNOWN', `There is no job '${id}' in this workspace.`, {
      remedy: '`cutpoint jobs` lists those that there are; the oldest are forgotten.',
    });
  }
  return fromRow(row);
}

/** The newest that can be read, newest first. */
export function listJobs(db: Readable, most = 100): StoredJob[] {
  const rows = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM jobs ORDER BY created_at DESC, id DESC LIMIT ?`);
  return wholeRows(rows.all(most), fromRow);
}

/** The newest completed jobs with this key whose answers are kept. */
export function findAnswered(db: Readable, key: string): StoredJob[] {
  const rows = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM jobs WHERE key = ? AND status = 'completed' AND kept ORDER BY ended_at DESC LIMIT 3`,
  );
  return wholeRows(rows.all(key), fromRow);
}

/** What a job answered; undefined where it is not kept. @throws CutpointError STORE_CORRUPT */
export function loadAnswer(db: Readable, id: string): unknown {
  const row = db
    .prepare<[string], { answer: Buffer; crc32: number }>('SELECT answer, crc32 FROM job_answers WHERE job_id = ?')
    .get(id);
  if (row === undefined) return undefined;
  const what = `answer of job ${id}`;
  requireChecksum(row.crc32, crc32(row.answer), what);
  try {
    return deserialize(row.answer);
  } catch (cause) {
    throw damagedRow(what, cause);
  }
}

/** Digest of the files that a job left, as they were then. */
export function writtenOf(db: Readable, id: string): string | null {
  return db.prepare<[string], string | null>('SELECT written FROM jobs WHERE id = ?').pluck().get(id) ?? null;
}

/** How many ended jobs are remembered, and how many bytes of answers are kept. */
const MOST = { jobs: 500, bytes: 512 * 1024 ** 2 };

/** Forgets the oldest jobs that have ended beyond what is remembered, with their answers. */
export function forgetOldest(db: Writable, most = MOST): void {
  db.prepare(
    `DELETE FROM jobs WHERE id IN (
       SELECT id FROM (
         SELECT id, row_number() OVER newest AS place, sum(coalesce(length(answer), 0)) OVER newest AS bytes
         FROM jobs LEFT JOIN job_answers ON job_id = id WHERE status NOT IN ('queued', 'running')
         WINDOW newest AS (ORDER BY created_at DESC, id DESC))
       WHERE place > ? OR bytes > ?)`,
  ).run(most.jobs, most.bytes);
}

/** Forgets the jobs whose answers were made of something. @param read `run:ID`, `source:NAME` or `folder:PATH` */
export function forgetJobsOf(db: Writable, read: string): void {
  db.prepare('DELETE FROM jobs WHERE EXISTS (SELECT 1 FROM json_each(reads) WHERE value = ?)').run(read);
}
