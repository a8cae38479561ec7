import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Model } from '../../../src-main/backbone/model.ts';
import type { ExportFormat } from '../../../src-main/contract/model.ts';
import { exportVerified } from '../../../src-main/engine/export/export.ts';
import type { Reference } from '../../../src-main/engine/export/verify.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { predictions } from './app.ts';
import { formulaImages } from './formula.ts';
import { modelOf } from './networks.ts';

const exporter = join(import.meta.dirname, 'exporter.ts');
const formats = ['onnx', 'tfjs'] as const;

let model: Model;
let reference: Reference;
beforeAll(async () => {
  model = modelOf({ network: 'same', height: 20, width: 20, pooling: 'average', classes: 2 });
  const images = formulaImages(3, model.input);
  reference = { images, expected: await predictions('wasm', model, images) };
});

function exportTo(out: string, format: ExportFormat, run = 'run-1', overrides: Partial<Model> = {}) {
  return exportVerified({ ...model, ...overrides }, { format, out, provenance: { run, fit: 'crop' } }, reference);
}

/** Every file below a folder with its content. */
function content(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path).toString('base64')]),
  );
}

test.each(formats)('what a killed export left beside the same %s is removed, and nothing else', async (format) => {
  const folder = temporaryFolder();
  const others = ['.model.onnx.0123456.partial', '.other.onnx.01234567.partial', '.model.onnx.01234567.partial.former'];
  for (const name of ['.model.onnx.01234567.partial', ...others]) mkdirSync(join(folder, name));
  await exportTo(join(folder, 'model.onnx'), format);
  expect(readdirSync(folder).sort()).toEqual([...others, 'model.onnx'].sort());
});

describe.each(formats)('a model that computes something else, as %s', (format) => {
  test('is refused with the figure, and leaves what was there as it was', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'model.onnx');
    await exportTo(out, format);
    const before = content(folder);
    const expected = reference.expected.map((value, index) => (index === 1 ? value + 2e-4 : value));
    await expect(
      exportVerified(model, { format, out, provenance: { run: 'run-1', fit: 'crop' } }, { ...reference, expected }),
    ).rejects.toMatchObject({ code: 'EXPORT_MISMATCH', message: expect.stringContaining('0.00020') });
    expect(content(folder)).toEqual(before);
  });

  test('is refused where it gives no number at all', async () => {
    const folder = temporaryFolder();
    const weights = new Map(model.weights);
    weights.set('head_dense/bias', { shape: [2], data: Float32Array.of(NaN, 0) });
    await expect(exportTo(join(folder, 'model'), format, 'run-1', { weights })).rejects.toMatchObject({
      code: 'EXPORT_MISMATCH',
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.each(formats)('the destination of %s', (format) => {
  test('is replaced by another export of the same run, byte for byte the same', async () => {
    const folder = temporaryFolder();
    const first = await exportTo(join(folder, 'model.onnx'), format);
    const before = content(folder);
    const second = await exportTo(join(folder, 'model.onnx'), format);
    expect(second.sha256).toBe(first.sha256);
    expect(content(folder)).toEqual(before);
  });

  test('is not overwritten by another run', async () => {
    const folder = temporaryFolder();
    await exportTo(join(folder, 'model.onnx'), format);
    const before = content(folder);
    await expect(exportTo(join(folder, 'model.onnx'), format, 'run-2')).rejects.toMatchObject({
      code: 'EXPORT_WRITE_FAILED',
    });
    expect(content(folder)).toEqual(before);
  });

  test('is left alone where it holds something else', async () => {
    const folder = temporaryFolder();
    const [file, full] = [join(folder, 'notes.onnx'), join(folder, 'full.onnx')];
    writeFileSync(file, 'mine');
    mkdirSync(full);
    await exportTo(join(folder, 'model.onnx'), 'tfjs');
    writeFileSync(join(folder, 'model.onnx', 'index.html'), 'mine');
    writeFileSync(join(full, 'letter.txt'), 'mine');
    const before = content(folder);
    for (const out of [file, full, join(folder, 'model.onnx')]) {
      await expect(exportTo(out, format)).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
    }
    expect(content(folder)).toEqual(before);
  });

  test('may be an empty folder, or in folders that are made', async () => {
    const folder = temporaryFolder();
    const { path, bytes } = await exportTo(join(folder, 'a', 'b', 'model'), format);
    expect(path).toBe(join(folder, 'a', 'b', format === 'onnx' ? 'model.onnx' : 'model'));
    const sizes = Object.values(content(folder)).map((text) => Buffer.from(text, 'base64').length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes);
    if (format === 'tfjs') {
      mkdirSync(join(folder, 'empty'));
      await exportTo(join(folder, 'empty'), format);
    }
  });

  test('below a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'mine');
    await expect(exportTo(join(file, 'model'), format)).rejects.toMatchObject({ code: 'EXPORT_WRITE_FAILED' });
  });

  test.skipIf(process.platform !== 'linux')('where making the folder answers ENOENT, and nothing hangs', async () => {
    await expect(exportTo('/proc/cutpoint/models/model', format)).rejects.toMatchObject({
      code: 'EXPORT_WRITE_FAILED',
      message: expect.stringContaining('ENOENT'),
    });
  });

  test('in a folder without permission', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const { stdout } = spawnSync(process.execPath, [exporter, 'explicit', format, join(folder, 'model')], {
      encoding: 'utf8',
      ...(process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}),
    });
    expect(stdout).toMatch(/^EXPORT_WRITE_FAILED\nNothing could be written to .*\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a full disk', () => {
  const mountable =
    process.platform === 'linux' &&
    spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;

  // The mount is seen only by this shell and its children, and gone with them.
  const script = `
    mount -t tmpfs -o size=512k tmpfs "$1"
    "$2" "$3" explicit "$4" "$1/model.onnx"
    "$2" "$3" mobilenet_v2_keras "$4" "$1/model.onnx"
    ls -A "$1"
    "$2" "$3" explicit "$4" "$1/model.onnx"`;

  test.skipIf(!mountable).each(formats)(
    'leaves the earlier %s export (skipped where nothing can be mounted)',
    (format) => {
      const args = ['-rm', 'sh', '-ec', script, 'sh', temporaryFolder(), process.execPath, exporter, format];
      const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
      const lines = stdout.trimEnd().split('\n');
      expect([lines[0], lines[1], ...lines.slice(3)], stderr).toEqual(['done', 'DISK_FULL', 'model.onnx', 'done']);
      expect(lines[2]).toMatch(/^The disk is full/);
    },
  );
});
