import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './report.mjs';

const hour = 3_600_000;

function read(path) {
  try {
    return { ...JSON.parse(readFileSync(path, 'utf8')), age: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Whether the process that wrote a lock is gone. One on another machine (a shared home folder) is given an hour. */
function abandoned(holder) {
  if (holder.host !== hostname()) return holder.age > hour;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Creates the lock with its content in one step: a link to a finished file fails where the lock exists. */
function take(path, mine) {
  writeFileSync(mine, JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Moves an abandoned lock away. Two that try at once: one renames, the other finds it gone and waits its turn. */
function clear(path, aside) {
  try {
    renameSync(path, aside);
    const taken = read(aside);
    // Between reading and renaming another process may have replaced it by a live one: put that back.
    if (taken && !abandoned(taken)) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Runs `work` while this process alone holds the lock file, waiting for another holder to finish first. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  let told = false;
  while (!take(path, own)) {
    const holder = read(path);
    if (holder && abandoned(holder)) {
      clear(path, `${own}.old`);
      continue;
    }
    if (!told && holder) say(`another set-up is running (process ${holder.pid}); waiting for it`);
    told = true;
    await sleep(250);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
