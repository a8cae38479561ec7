import { chmodSync, existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Handlers } from '../../../src-main/contract/index.ts';
import { openDoor } from '../../../src-main/engine/host/door.ts';
import { doorOf, joinEngine } from '../../../src-main/engine/host/join.ts';
import { connect } from '../../../src-main/rpc/client.ts';
import { streamTransport } from '../../../src-main/rpc/transports/stream.ts';
import { temporaryFolder } from '../../support/folder.ts';

/** A folder closed to others, as a workspace is. */
function workspaceFolder(name = 'workspace'): string {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

const handlers = { 'comparison.list': () => [] } as unknown as Handlers;

async function ask(workspace: string): Promise<unknown> {
  const transport = await joinEngine(workspace);
  if (transport === null) return null;
  const client = connect(transport);
  onTestFinished(() => client.close());
  return client.call('comparison.list', {});
}

describe.skipIf(process.platform === 'win32')('the door of an engine', () => {
  test.each([
    ['in the workspace', 'workspace'],
    ['elsewhere, where the name of the workspace is long', 'w'.repeat(120)],
  ])('is %s, open to its user alone, and gone with the engine', async (_, name) => {
    const workspace = workspaceFolder(name);
    expect(await ask(workspace)).toBeNull();
    const { close } = await openDoor(workspace, handlers);
    const path = doorOf(workspace)!;
    expect(dirname(path) === workspace).toBe(name === 'workspace');
    expect(lstatSync(path).mode & 0o077).toBe(0);
    expect(lstatSync(dirname(path)).mode & 0o077).toBe(0);
    expect(await ask(workspace)).toEqual([]);
    await close();
    expect(existsSync(path)).toBe(false);
    expect(await ask(workspace)).toBeNull();
  });

  test('tells when the last of those who joined has left', async () => {
    const workspace = workspaceFolder();
    const door = await openDoor(workspace, handlers);
    onTestFinished(door.close);
    const clients = await Promise.all([0, 1].map(async () => connect((await joinEngine(workspace))!)));
    await Promise.all(clients.map((client) => client.call('comparison.list', {})));
    const told: number[] = [];
    const left = new AbortController();
    const alone = door.alone({}, { signal: left.signal, progress: ({ others }) => told.push(others) });
    clients[0]!.close();
    await expect.poll(() => told).toEqual([2, 1]);
    clients[1]!.close();
    expect(await alone).toBeNull();
  });

  test('what a killed engine left in its place is replaced', async () => {
    const workspace = workspaceFolder();
    writeFileSync(doorOf(workspace)!, '');
    const { close } = await openDoor(workspace, handlers);
    onTestFinished(close);
    expect(await ask(workspace)).toEqual([]);
  });

  test('an engine of another version is not joined, nor whoever says nothing or nonsense', async () => {
    for (const greeting of [{ kind: 'door', version: '0.0.0' }, { kind: 'ready' }, null, 'nonsense']) {
      const workspace = workspaceFolder();
      const server = createServer((socket) => {
        if (greeting === 'nonsense') socket.end('GET / HTTP/1.1');
        else streamTransport(socket).send(greeting);
      }).listen(doorOf(workspace)!);
      onTestFinished(() => void server.close());
      await new Promise((listening) => server.once('listening', listening));
      expect(await joinEngine(workspace)).toBeNull();
    }
  });

  test('a folder that others can write to is no place for it, and nobody is joined there', async () => {
    const workspace = workspaceFolder('w'.repeat(120));
    const folder = dirname(doorOf(workspace)!);
    expect(folder).toBe(join(tmpdir(), `cutpoint-${userInfo().uid}`));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mode } = lstatSync(folder);
    onTestFinished(() => chmodSync(folder, mode & 0o777));
    chmodSync(folder, 0o777);
    const { close } = await openDoor(workspace, handlers);
    onTestFinished(close);
    expect(existsSync(doorOf(workspace)!)).toBe(false);
    expect(await joinEngine(workspace)).toBeNull();
  });
});
