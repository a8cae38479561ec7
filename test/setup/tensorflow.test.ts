import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isComplete, variantFolder } from '../../scripts/setup/tensorflow/library.mjs';
import { driverVersion } from '../../scripts/setup/tensorflow/machine.mjs';
import { candidates, pinsOf, variants, version } from '../../scripts/setup/tensorflow/variants.mjs';
import { announced, pinned, pipVersion } from '../../scripts/setup/wheels.mjs';

const scripts = resolve(import.meta.dirname, '../../scripts');

describe('which TensorFlow a machine gets', () => {
  const linux = { platform: 'linux', arch: 'x64', glibc: 2.36 };
  test.each([
    ['Linux without NVIDIA', linux, ['cpu'], []],
    [
      'Linux with a driver for CUDA 12: the CPU build stays the second choice',
      { ...linux, nvidiaDriver: 550 },
      ['cuda', 'cpu'],
      [],
    ],
    ['Linux with an old driver', { ...linux, nvidiaDriver: 470 }, ['cpu'], ['cuda']],
    ['Linux with an old C library', { ...linux, glibc: 2.17 }, [], ['cuda', 'cpu']],
    ['Linux with another C library (musl)', { ...linux, glibc: undefined }, [], ['cuda', 'cpu']],
    ['Linux on 64-bit Arm', { ...linux, arch: 'arm64' }, ['arm64'], []],
    ['macOS on Apple silicon', { platform: 'darwin', arch: 'arm64' }, ['macos'], []],
    ['macOS on Intel', { platform: 'darwin', arch: 'x64' }, [], []],
    ['Windows', { platform: 'win32', arch: 'x64' }, [], []],
  ])('%s', (_, machine, fitting, passedOver) => {
    const chosen = candidates(machine);
    expect(chosen.fitting.map(({ id }) => id)).toEqual(fitting);
    expect(Object.keys(chosen.passedOver)).toEqual(passedOver);
  });

  test('the driver version is read from what the kernel module says', () => {
    const closed =
      'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version: …';
    const open = 'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.124.06  Release Build  (builder@host)';
    expect([closed, open, 'GCC version: 12.2.0'].map(driverVersion)).toEqual([550, 570, undefined]);
  });
});

test.each(variants)('every wheel of the $id variant has a version and a digest', (variant) => {
  const wheels = pinned(pinsOf(variant));
  expect(wheels[0]).toEqual({ name: variant.wheel, version });
  const digests = readFileSync(pinsOf(variant), 'utf8').match(/--hash=sha256:[0-9a-f]{64}$/gm);
  expect(digests).toHaveLength(wheels.length);
  expect(wheels.some(({ name }) => name?.startsWith('nvidia-cudnn'))).toBe('nvidia' in variant);
});

describe('the per-user cache', () => {
  const cpu = variants.find(({ id }) => id === 'cpu')!;
  const cache = mkdtempSync(join(tmpdir(), 'cutpoint-cache-'));
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });

  test('a library that was cut short, or is gone, is not complete', () => {
    vi.stubEnv('CUTPOINT_CACHE', cache);
    const folder = variantFolder(cpu);
    expect(isComplete(cpu)).toBe(false);
    mkdirSync(folder, { recursive: true });
    const library = join(folder, 'libtensorflow_cc.so.2');
    writeFileSync(library, 'x'.repeat(100));
    writeFileSync(join(folder, 'complete.json'), JSON.stringify({ files: { 'libtensorflow_cc.so.2': 100 } }));
    expect(isComplete(cpu)).toBe(true);
    truncateSync(library, 60);
    expect(isComplete(cpu)).toBe(false);
    rmSync(library);
    expect(isComplete(cpu)).toBe(false);
  });
});

describe('pip', () => {
  test('its version and the sizes it announces are read', () => {
    expect(pipVersion('pip 23.2.1 from /usr/lib/python3/dist-packages/pip (python 3.11)')).toEqual([23, 2]);
    expect(pipVersion('No module named pip')).toBeUndefined();
    const line =
      'Downloading https://index.example/tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl (274.0 MB)';
    expect(announced(line)).toEqual({
      file: 'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
      bytes: 274e6,
    });
    expect(announced('Collecting tensorflow-cpu==2.21.0')).toBeUndefined();
  });

  test.each([
    [
      'missing',
      '#!/bin/sh\necho "No module named pip" >&2; exit 1',
      /Python with pip.* was not found.*Install Python 3/,
    ],
    ['too old', '#!/bin/sh\necho "pip 9.0.1 from /usr/lib (python 3.6)"', /pip 9\.0 is too old.*Install Python 3/],
  ])('%s: one sentence says what to do', (_, program, sentence) => {
    const folder = mkdtempSync(join(tmpdir(), 'cutpoint-python-'));
    try {
      for (const name of ['python3', 'python', 'py']) writeFileSync(join(folder, name), program, { mode: 0o755 });
      const code = `import { findPython } from ${JSON.stringify(join(scripts, 'setup/wheels.mjs'))}; await findPython();`;
      const env = { ...process.env, PATH: folder };
      const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { env, encoding: 'utf8' });
      expect(stderr).toMatch(sentence);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
