// `npm run bench:audit`: what a folder of many images costs: read for the first time, read again with another field, listed,
// and until a run on it has started. Options: --images N, --dicom (else PNG), --keep DIR (makes the images there once).
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { contract, type InputOf, type MethodName, type OutputOf } from '../../src-main/contract/index.ts';
import { encodeDicom, makeUid } from '../../src-main/engine/data/sample/dicomWriter.ts';
import { generator } from '../../src-main/engine/random.ts';
import { openServices } from '../../src-main/engine/services/index.ts';
import { figure, handOver, type Figure } from './figures.ts';

const { values } = parseArgs({
  options: { images: { type: 'string', default: '20000' }, keep: { type: 'string' }, dicom: { type: 'boolean' } },
});
const count = Number(values.images);
const scratch = mkdtempSync(join(tmpdir(), 'cutpoint-audit-'));
const folder = values.keep ?? join(scratch, 'images');
/** Most seconds that 20,000 small PNGs may take. */
const TARGETS = new Map([
  ['read for the first time', 8],
  ['asked again', 2],
]);
const SIDE = 96;
const IMAGES_OF_A_PATIENT = 4;
try {
  if (!existsSync(folder)) await writeImages();
  const workspace = join(scratch, 'workspace');
  const selection = { folder, groupPattern: '(p\\d+)_' };
  const rows: [string, number][] = [];
  await withEngine(workspace, async (call) => {
    rows.push(['read for the first time', await measured(() => call('data.audit', selection))]);
    rows.push(['asked again', await measured(() => call('data.audit', selection))]);
    const other = { folder, groupPattern: '(p\\d+)' };
    rows.push(['with another field', await measured(() => call('data.audit', other))]);
    const plan = { split: { validation: 0.15, test: 0.2 }, seed: 1 };
    rows.push(['list of images', await measured(() => call('data.images', { ...selection, plan }))]);
    rows.push(['until a run has started', await measured(() => start(call, selection))]);
  });
  await withEngine(workspace, async (call) => {
    const other = { folder, groupPattern: 'p(\\d+)_' };
    rows.push(['with another field, in a new engine', await measured(() => call('data.audit', other))]);
  });
  console.log(`| ${count.toLocaleString('en')} images | seconds |\n|---|---:|`);
  for (const [what, seconds] of rows) console.log(`| ${what} | ${seconds.toFixed(2)} |`);
  handOver(rows.map(([what, seconds]) => figureOf(what, seconds)));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function figureOf(what: string, seconds: number): Figure {
  const most = count === 20_000 && !values.dicom ? TARGETS.get(what) : undefined;
  const kind = values.dicom ? 'DICOM' : 'PNG';
  return figure({
    ...{ figure: `audit of ${count.toLocaleString('en')} ${kind}, ${what}`, unit: 's', ours: seconds },
    ...(most !== undefined && { target: { of: 'figure', most } as const }),
  });
}

type Call = <M extends MethodName>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>;

async function withEngine(workspace: string, work: (call: Call) => Promise<void>): Promise<void> {
  const { handlers, close } = await openServices({ workspace });
  const { signal } = new AbortController();
  const call = async (method: MethodName, input: unknown) =>
    (handlers[method] as (input: unknown, call: object) => unknown)(contract[method].input.parse(input), {
      signal,
      progress: () => {},
    });
  try {
    await work(call as Call);
  } finally {
    await close();
  }
}

async function start(call: Call, data: InputOf<'data.audit'>): Promise<void> {
  const { id } = await call('run.start', {
    ...{ data, backbone: 'mobilenet_v2_keras', cut: 'block_2_add', input: 32, epochs: 1, split: { validation: 0.15, test: 0.2 } }, // prettier-ignore
  });
  void call('run.stop', { id }).catch(() => {});
}

/** Seconds. */
async function measured(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/** An uncompressed image of 8 bits. */
function dicomOf(pixels: Uint8Array, { patient, index }: { patient: number; index: number }): Buffer {
  return encodeDicom([
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'],
    [0x00080018, 'UI', makeUid('bench', index)],
    [0x00080060, 'CS', 'DX'],
    [0x00100020, 'LO', `P${patient}`],
    [0x0020000d, 'UI', makeUid('study', patient)],
    [0x0020000e, 'UI', makeUid('series', patient)],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', SIDE],
    [0x00280011, 'US', SIDE],
    [0x00280100, 'US', 8],
    [0x00280101, 'US', 8],
    [0x00280102, 'US', 7],
    [0x00280103, 'US', 0],
    [0x7fe00010, 'OB', pixels],
  ]);
}

async function writeImages(): Promise<void> {
  const random = generator('bench:audit');
  for (const name of ['normal', 'other']) mkdirSync(join(folder, name), { recursive: true });
  const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
  for (let index = 0; index < count; index++) {
    const level = 64 + Math.floor(random() * 128);
    const pixels = Uint8Array.from({ length: SIDE * SIDE }, () => level + Math.floor(random() * 32));
    const patient = Math.floor(index / IMAGES_OF_A_PATIENT);
    const bytes = values.dicom
      ? dicomOf(pixels, { patient, index })
      : await sharp(pixels, { raw }).toColourspace('b-w').png({ compressionLevel: 1 }).toBuffer();
    const name = `p${patient}_${index % IMAGES_OF_A_PATIENT}.${values.dicom ? 'dcm' : 'png'}`;
    writeFileSync(join(folder, patient % 2 ? 'other' : 'normal', name), bytes);
  }
}
