import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openActivations } from '../../../src-main/engine/data/activations.ts';
import { cacheBudget, makeRoom } from '../../../src-main/engine/data/cacheFolder.ts';
import { nearestBfloat16 } from '../../support/bfloat16.ts';
import { damagedCopies } from '../../support/damage.ts';
import { temporaryFolder } from '../../support/folder.ts';

const shape = [2, 3];
const room = { shape, budget: Infinity, onFull: () => expect.fail('there is room') };
const valuesOf = (image: number) => Float32Array.from({ length: 6 }, (_, i) => image + i / 10);
const fixture = join(import.meta.dirname, 'fixtures/writeActivations.ts');

describe.each([
  { precision: 'float32', bytes: 4, rounded: (value: number) => value },
  { precision: 'bfloat16', bytes: 2, rounded: nearestBfloat16 },
] as const)('stored activations in $precision', ({ precision, bytes, rounded }) => {
  const options = { ...room, precision };
  const storedOf = (image: number) => valuesOf(image).map(rounded);
  const RECORD = 8 + 6 * bytes;

  it('are read back by the next one who opens them, at their offset; what is not there is told', () => {
    const path = join(temporaryFolder(), 'a.activations');
    const first = openActivations(path, options)!;
    const into = new Float32Array(18).fill(7);
    expect(first.read(5, into, 0)).toBe(false);
    for (const image of [5, 2, 9]) first.write(image, valuesOf(image));
    first.close();
    const second = openActivations(path, options)!;
    expect(second.read(2, into, 6)).toBe(true);
    expect(into).toEqual(Float32Array.of(7, 7, 7, 7, 7, 7, ...storedOf(2), 7, 7, 7, 7, 7, 7));
    expect([second.read(9, into, 0), second.read(3, into, 0)]).toEqual([true, false]);
    second.close();
  });

  it('of which the last was cut short, and one is damaged, count as not there and are stored again', () => {
    const path = join(temporaryFolder(), 'a.activations');
    const first = openActivations(path, options)!;
    for (const image of [0, 1, 2]) first.write(image, valuesOf(image));
    first.close();
    appendFileSync(path, Buffer.alloc(13, 1));
    writeSync(openSync(path, 'r+'), Buffer.of(99), 0, 1, RECORD + 10);
    const second = openActivations(path, options)!;
    const into = new Float32Array(6);
    expect([0, 1, 2].map((image) => second.read(image, into, 0))).toEqual([true, false, true]);
    second.write(1, valuesOf(1));
    expect(second.read(1, into, 0)).toBe(true);
    second.close();
    expect(statSync(path).size).toBe(4 * RECORD);
    const third = openActivations(path, options)!;
    expect(third.read(1, into, 0)).toBe(true);
    expect(into).toEqual(storedOf(1));
    third.close();
  });

  it('damaged anywhere in any way are the values that were stored, or not there', () => {
    const folder = temporaryFolder();
    const [path, other] = [join(folder, 'a.activations'), join(folder, 'b.activations')];
    const write = (to: string, values: (image: number) => Float32Array) => {
      const stored = openActivations(to, options)!;
      for (let image = 0; image < 40; image++) stored.write(image, values(image));
      stored.close();
    };
    write(path, valuesOf);
    const whole = readFileSync(path);
    let lost = 0;
    for (const { how, damaged } of damagedCopies(whole, { seed: 14, times: 400 })) {
      writeFileSync(path, damaged);
      const stored = openActivations(path, options)!;
      const into = new Float32Array(6);
      for (let image = 0; image < 40; image++) {
        if (stored.read(image, into, 0)) expect(into, how).toEqual(storedOf(image));
        else lost += 1;
      }
      stored.close();
    }
    expect(lost).toBeGreaterThan(400);
    // Another network's, whole and of the same size.
    write(other, (image) => valuesOf(image + 1));
    writeFileSync(path, readFileSync(other));
    const stored = openActivations(path, options)!;
    expect([0, 7, 39].map((image) => stored.read(image, new Float32Array(6), 0))).toEqual([false, false, false]);
    stored.close();
  });
});

describe('stored activations', () => {
  it('whose writer was killed are whole as far as they go', async () => {
    const path = join(temporaryFolder(), 'a.activations');
    const child = spawn(process.execPath, [fixture, path, '1000000'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    setTimeout(() => child.kill('SIGKILL'), 20);
    await ended;
    const length = 100_000;
    const stored = openActivations(path, { ...room, precision: 'float32', shape: [length] })!;
    const into = new Float32Array(length);
    let image = 0;
    while (stored.read(image, into, 0)) expect(into[length - 1]).toBe(image++);
    expect(image).toBeGreaterThan(0);
    expect(stored.read(image + 1, into, 0)).toBe(false);
    stored.close();
  });

  const mountable =
    process.platform === 'linux' &&
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;
  it.skipIf(!mountable)('on a full disk say so once, and keep what they have', () => {
    const folder = temporaryFolder();
    const script = 'mount -t tmpfs -o size=1m tmpfs "$1"; "$2" "$3" "$1/a.activations" 5';
    const args = ['-rm', 'sh', '-ec', script, 'sh', folder, process.execPath, fixture];
    const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
    expect(stdout.trim().split('\n'), stderr).toEqual(['stored 0', 'stored 1', 'full: disk', 'readable 0,1']);
  });
});

describe('the cache folder', () => {
  it('gives up what is longest unused, never what is open, and stores no more than its budget', () => {
    const folder = join(temporaryFolder(), 'cache');
    mkdirSync(folder);
    const old = (name: string, seconds: number) => {
      writeFileSync(join(folder, name), Buffer.alloc(100));
      utimesSync(join(folder, name), seconds, seconds);
    };
    old('second.rgb', 2000);
    old('first.activations', 1000);
    const reasons: string[] = [];
    const budget = 100 + 4 * (8 + 6 * 4);
    const used = openActivations(join(folder, 'now.activations'), {
      precision: 'float32',
      shape,
      budget,
      onFull: (reason) => reasons.push(reason),
    })!;
    used.write(0, valuesOf(0));
    expect(readdirSync(folder).sort()).toEqual(['now.activations', 'second.rgb']);
    for (let image = 1; image < 9; image++) used.write(image, valuesOf(image));
    expect(readdirSync(folder)).toEqual(['now.activations']);
    expect(reasons).toEqual(['budget']);
    expect(statSync(join(folder, 'now.activations')).size).toBeLessThanOrEqual(budget);
    expect(makeRoom(folder, budget, budget)).toBe(false);
    used.close();
    expect(makeRoom(folder, budget, budget)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    expect(cacheBudget(folder)).toBeGreaterThan(0);
  });
});
