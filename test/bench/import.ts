// `npm run bench:import`: the weights of ResNet-50 (102 MB, random), read and matched from every kind of file; beside it
// what PyTorch takes for the same file. PYTHON names an interpreter with PyTorch (default: python3).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File as H5File, ready } from 'h5wasm/node';
import { graphParameters, sizeOf } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { inFile } from '../../src-main/engine/weights/dialects.ts';
import { writeSafetensors } from '../../src-main/engine/weights/writeSafetensors.ts';
import { pickled } from '../engine/weights/pickled.ts';
import { zipped } from '../engine/weights/zipped.ts';

const rounds = 3;
/** What an import of 100 MB may take: seconds, and memory as a multiple of the file. */
const [mostSeconds, mostMemory] = [3, 3];

interface Tensor {
  name: string;
  shape: readonly number[];
  data: Float32Array;
}

interface Measured {
  seconds: number;
  /** Memory of the process at its peak, less before the import. */
  growth: number;
}

function randomTensors(name: string): Tensor[] {
  const backbone = findBackbone(name);
  const parameters = graphParameters(backbone.published(), { height: backbone.input, width: backbone.input });
  return parameters.map((parameter) => {
    const { name: stored, shape } = inFile(parameter, backbone.dialect);
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = Math.random();
    return { name: stored, shape, data };
  });
}

const bytesOf = ({ data }: Tensor) => Buffer.from(data.buffer);

/** A state dict as torch.save pickles it, with the storages under these keys. */
function stateDict(tensors: readonly Tensor[], legacy = false): Buffer {
  const entries = tensors.map(({ name, shape, data }, index) => {
    const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
    const storage = pickled.storage(String(index), data.length, { legacy });
    return [name, pickled.tensor(storage, 0, shape, strides)] as const;
  });
  return pickled.whole(pickled.dict(...entries));
}

function writeTorchZip(path: string, tensors: readonly Tensor[]): void {
  const storages = tensors.map((tensor, index) => ({ name: `archive/data/${index}`, contents: bytesOf(tensor) }));
  const pickle = { name: 'archive/data.pkl', contents: stateDict(tensors) };
  writeFileSync(path, zipped([pickle, ...storages, { name: 'archive/version', contents: Buffer.from('3\n') }]));
}

function writeTorchLegacy(path: string, tensors: readonly Tensor[]): void {
  const magic = Buffer.from('80028a0a6cfc9c46f9206aa850192e80024de9032e', 'hex');
  const machine = pickled.whole(pickled.dict(['little_endian', Buffer.from([0x88])]));
  const keys = pickled.whole(pickled.list(...tensors.map((_, index) => pickled.text(String(index)))));
  const storages = tensors.flatMap((tensor) => {
    const count = Buffer.alloc(8);
    count.writeBigUInt64LE(BigInt(tensor.data.length));
    return [count, bytesOf(tensor)];
  });
  writeFileSync(path, Buffer.concat([magic, machine, stateDict(tensors, true), keys, ...storages]));
}

async function writeKerasH5(path: string, tensors: readonly Tensor[]): Promise<void> {
  await ready;
  const file = new H5File(path, 'w');
  for (const { name, shape, data } of tensors) {
    const [layer, variable] = name.split('/') as [string, string];
    if (!file.keys().includes(layer)) file.create_group(layer);
    const group = file.get(layer) as ReturnType<typeof file.create_group>;
    group.create_dataset({ name: variable, data, shape: [...shape] });
  }
  file.close();
}

function measure(command: string, args: readonly string[]): Measured | null {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return status === 0 ? (JSON.parse(stdout.trim().split('\n').at(-1)!) as Measured) : null;
}

function best(runs: readonly (Measured | null)[]): Measured | null {
  const done = runs.filter((run) => run !== null);
  if (done.length < runs.length) return null;
  return { seconds: median(done.map((run) => run.seconds)), growth: median(done.map((run) => run.growth)) };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const here = import.meta.dirname;
const python = process.env.PYTHON ?? 'python3';
const folder = mkdtempSync(join(tmpdir(), 'cutpoint-import-'));
try {
  const torchvision = randomTensors('resnet50');
  const files: [name: string, backbone: string, write: (path: string) => unknown][] = [
    [
      'safetensors',
      'resnet50',
      (path) => writeSafetensors(path, new Map(torchvision.map((each) => [each.name, each]))),
    ],
    ['pth', 'resnet50', (path) => writeTorchZip(path, torchvision)],
    ['legacy.pth', 'resnet50', (path) => writeTorchLegacy(path, torchvision)],
    ['h5', 'resnet50_keras', (path) => writeKerasH5(path, randomTensors('resnet50_keras'))],
  ];
  console.log(`ResNet-50, all weights read and matched; median of ${rounds} processes`);
  console.log('| file        |  MB |    s | memory / file | s / PyTorch | memory / PyTorch |');
  console.log('|-------------|----:|-----:|--------------:|------------:|-----------------:|');
  for (const [name, backbone, write] of files) {
    const path = join(folder, `weights.${name}`);
    await write(path);
    const { size } = statSync(path);
    const ours: (Measured | null)[] = [];
    const theirs: (Measured | null)[] = [];
    for (let round = 0; round < rounds; round++) {
      ours.push(measure(process.execPath, [join(here, 'importWorker.ts'), path, backbone]));
      theirs.push(measure(python, [join(here, 'import.py'), path]));
    }
    const mine = best(ours);
    if (!mine)
      throw new Error(`the import of ${name} did not run; start test/bench/importWorker.ts by hand to see why`);
    const other = best(theirs);
    const cells = [
      name.padEnd(11),
      (size / 1e6).toFixed(0).padStart(3),
      mine.seconds.toFixed(2).padStart(4),
      (mine.growth / size).toFixed(2).padStart(13),
      (other ? (mine.seconds / other.seconds).toFixed(1) : 'skipped').padStart(11),
      (other ? (mine.growth / other.growth).toFixed(2) : 'skipped').padStart(16),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (mine.seconds > mostSeconds || mine.growth > mostMemory * size) process.exitCode = 1;
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
