import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { openDatabase } from '../../../src-main/engine/store/database.ts';
import { migrate } from '../../../src-main/engine/store/migrate.ts';
import { openStore } from '../../../src-main/engine/store/store.ts';
import { openWorkspace, type OwnWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { exampleDataset } from '../../support/dataset.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { startProcess } from '../../support/process.ts';

const writer = join(import.meta.dirname, 'writer.ts');
const start = (...args: string[]) => startProcess(process.execPath, [writer, ...args]);

function failure(work: () => OwnWorkspace): CutpointError {
  try {
    work().close();
  } catch (error) {
    if (error instanceof CutpointError) return error;
    throw error;
  }
  throw new Error('it opened');
}

function integrity(folder: string): unknown {
  const db = new Sqlite(join(folder, 'cutpoint.db'));
  try {
    expect(db.pragma('foreign_key_check')).toEqual([]);
    return db.pragma('integrity_check', { simple: true });
  } finally {
    db.close();
  }
}

describe('opening', () => {
  test('a workspace is made with its folders, and its salt stays', () => {
    const folder = join(temporaryFolder(), 'new', 'workspace');
    const first = openWorkspace(folder);
    expect(Object.keys(first.paths)).toEqual([
      'cache',
      'facts',
      'checkpoints',
      'sources',
      'downloads',
      'logs',
      'dropped',
    ]);
    expect(Object.values(first.paths).every((path) => existsSync(path))).toBe(true);
    expect(first.salt).toHaveLength(32);
    first.close();
    const second = openWorkspace(folder);
    expect(second.salt).toEqual(first.salt);
    second.close();
    const other = openWorkspace(temporaryFolder());
    expect(other.salt).not.toEqual(first.salt);
    other.close();
  });

  test('what a killed engine had not finished writing is removed, and nothing else', () => {
    const folder = temporaryFolder();
    const { paths, close } = openWorkspace(folder);
    close();
    mkdirSync(join(paths.checkpoints, 'run'));
    const kept = [join(paths.checkpoints, 'run', 'epoch-00001.safetensors'), join(paths.sources, 'a.safetensors')];
    for (const path of kept) for (const name of [path, `${path}.partial`]) writeFileSync(name, 'x');
    openWorkspace(folder).close();
    const left = [paths.checkpoints, paths.sources].flatMap((path) =>
      readdirSync(path, { recursive: true, encoding: 'utf8' }),
    );
    expect(left).toEqual(['run', 'run/epoch-00001.safetensors', 'a.safetensors']);
    expect(kept.every((path) => existsSync(path))).toBe(true);
  });

  test('a damaged store is refused and left as it is', () => {
    const folder = temporaryFolder();
    const workspace = openWorkspace(folder);
    for (let n = 0; n < 5; n++) workspace.store.datasets.save(exampleDataset({ patients: 50, folder: `/${n}` }));
    workspace.close();
    const path = join(folder, 'cutpoint.db');
    const whole = readFileSync(path);
    const noise = Buffer.alloc(4096 * 3, 0xa5);
    for (const [name, bytes] of [
      ['not SQLite', Buffer.from('<html>this is not a database, and long enough to be seen as one</html>'.repeat(40))],
      ['overwritten pages', Buffer.concat([whole.subarray(0, 4096 * 4), noise, whole.subarray(4096 * 7)])],
      ['cut off', whole.subarray(0, 4096 * 5 + 100)],
    ] as const) {
      writeFileSync(path, bytes);
      expect(
        failure(() => openWorkspace(folder)),
        name,
      ).toMatchObject({ code: 'STORE_CORRUPT' });
      expect(readFileSync(path).equals(bytes), name).toBe(true);
    }
    writeFileSync(path, whole);
    openWorkspace(folder).close();
  });

  test('a folder that may not be written to', () => {
    const folder = temporaryFolder();
    const inside = join(folder, 'closed');
    mkdirSync(inside);
    chmodSync(inside, 0o555);
    // Permissions do not bind root: there, a process of another user tries.
    const root = process.getuid?.() === 0;
    chmodSync(folder, 0o755);
    const result = spawnSync(process.execPath, [writer, 'hold', inside], {
      encoding: 'utf8',
      ...(root ? { uid: 65534, gid: 65534 } : {}),
    });
    expect(result.stdout).toBe(`WORKSPACE_NOT_WRITABLE\nCutpoint cannot write to the workspace '${inside}'.\n`);
    expect(result.status).toBe(1);
  });

  test('a file where the folder should be', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'mine');
    expect(failure(() => openWorkspace(path)).code).toBe('WORKSPACE_NOT_WRITABLE');
    expect(failure(() => openWorkspace(join(path, 'below'))).code).toBe('WORKSPACE_NOT_WRITABLE');
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});

describe('one engine per workspace', () => {
  test('a second engine is refused, told which process holds it; SIGKILL frees it', async () => {
    const folder = temporaryFolder();
    const holder = start('hold', folder);
    await holder.until(1);
    expect(holder.lines).toEqual(['open']);
    const refused = failure(() => openWorkspace(folder));
    expect(refused.code).toBe('WORKSPACE_LOCKED');
    expect(refused.message).toContain(`process ${holder.child.pid}`);
    expect(refused.details).toEqual({ pid: holder.child.pid });

    const second = start('hold', folder);
    await second.ended;
    expect(second.lines[0]).toBe('WORKSPACE_LOCKED');

    await holder.kill();
    openWorkspace(folder).close();
  });

  test('nor twice in one process; being refused does not free it', () => {
    const folder = temporaryFolder();
    const first = openWorkspace(folder);
    expect(failure(() => openWorkspace(folder)).code).toBe('WORKSPACE_LOCKED');
    const outside = spawnSync(process.execPath, [writer, 'hold', folder], { encoding: 'utf8' });
    expect(outside.stdout).toMatch(/^WORKSPACE_LOCKED/);
    first.close();
    openWorkspace(folder).close();
  });
});

test('killed 8 times while it stores epochs: every epoch it had finished is there', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const finished = new Map<string, number>();
  for (let round = 0; round < 8; round++) {
    const engine = start('epochs', folder);
    await engine.until(2);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    await engine.kill();
    const [run = '', ...epochs] = engine.lines;
    finished.set(run, Number(epochs.at(-1)));

    const { store, close } = openWorkspace(folder);
    expect(store.runs.list()).toHaveLength(round + 1);
    for (const [id, last] of finished) {
      const summary = store.runs.get(id);
      expect(summary.status).toBe('interrupted');
      // One more may have been stored before it could be said.
      expect([last, last + 1]).toContain(summary.epochs.length);
      expect(summary.epochs.map(({ epoch }) => epoch)).toEqual(summary.epochs.map((_, index) => index + 1));
      expect(summary.bestEpoch).toBe(summary.epochs.length);
      expect(store.epochs.last(id)?.checkpoint).toBe(`epoch-${summary.epochs.length}.safetensors`);
    }
    close();
    expect(integrity(folder)).toBe('ok');
  }
});

describe('a full disk', () => {
  const mountable =
    process.platform === 'linux' && spawnSync('unshare', ['-m', 'true'], { stdio: 'ignore' }).status === 0;

  // The mount is seen only by this shell and its children, and gone with them.
  const script = `
    mount -t tmpfs -o size=2m tmpfs "$1"; mkdir "$1/workspace"
    head -c 256k /dev/zero > "$1/ballast"
    "$2" "$3" fill "$1/workspace" || true
    "$2" "$3" fill "$1/workspace" || true
    rm "$1/ballast"
    cp "$1"/workspace/cutpoint.db* "$4"`;

  test.skipIf(!mountable)('of 2 MB (skipped where no file system can be mounted): nothing stored is damaged', () => {
    const [mount, copy] = [temporaryFolder(), temporaryFolder()];
    const args = ['-m', 'sh', '-ec', script, 'sh'];
    const result = spawnSync('unshare', [...args, mount, process.execPath, writer, copy], { encoding: 'utf8' });
    expect(result.status, result.stderr).toBe(0);
    const lines = result.stdout.trimEnd().split('\n');
    expect(lines.filter((line) => /^[A-Z_]+$/.test(line))).toEqual(['DISK_FULL', 'DISK_FULL']);
    const ids = lines.filter((line) => /^[0-9a-f]{16}$/.test(line));
    expect(ids.length).toBeGreaterThan(2);
    expect(integrity(copy)).toBe('ok');
    const { store, close } = openWorkspace(copy);
    for (const id of ids) expect(store.datasets.load(id).images).toHaveLength(400);
    close();
  });

  test('simulated by a limit on the size of the file: refused, then as before, and on once there is room', () => {
    const folder = temporaryFolder();
    const db = openDatabase(join(folder, 'cutpoint.db'));
    migrate(db, folder);
    const store = openStore(db, folder);
    const stored = store.datasets.save(exampleDataset());
    const pages = db.pragma('page_count', { simple: true }) as number;
    db.pragma(`max_page_count = ${pages + 1}`);
    const large = exampleDataset({ patients: 500, folder: '/large' });
    expect(() => store.datasets.save(large)).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    expect(store.datasets.load(stored)).toEqual(exampleDataset());
    db.pragma('max_page_count = 100000');
    expect(store.datasets.load(store.datasets.save(large))).toEqual(large);
    db.close();
    expect(integrity(folder)).toBe('ok');
  });
});
