import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../src-main/contract/index.ts';
import { encodeDicom, makeUid } from '../../src-main/engine/data/sample/dicomWriter.ts';
import { folderForFile } from '../support/folder.ts';
import { serveForFile } from '../support/serve.ts';
import { run, type Ended } from './support/cutpoint.ts';
import { TINY, writeCsv, writeStudy } from './support/study.ts';

/** In every planted identifier, in whatever case. */
const MARK = 'zyxplanted';
/** In the names of files, which the workspace keeps: it refers to images by them. Nothing that leaves it does. */
const NAMED = 'qvwnamed';
/** Planted as well, and found in whatever way days are written. */
const BORN = '19331207';
const folder = folderForFile();
const at = (...parts: string[]) => join(folder, ...parts);
const workspace = ['--workspace', at('workspace')];
const CLASSES = ['benign', 'malignant'];
const PATIENTS = 8;

/** All that the commands wrote to standard output and standard error. */
const said: string[] = [];

async function cutpoint(...args: string[]): Promise<Ended> {
  const ended = await run([...args, ...workspace]);
  said.push(ended.stdout, ended.stderr);
  return ended;
}

const patientId = (patient: number) => `${MARK.toUpperCase()}-ID-${patient}`;
const groupId = (patient: number) => `${MARK}-group-${patient}`;

/** A picture with identifiers wherever DICOM has room for them. */
function dicom(patient: number, level: number): Buffer {
  const side = 40;
  return encodeDicom([
    [0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7'],
    [0x00080018, 'UI', makeUid('privacy', patient, level)],
    [0x00080050, 'SH', `${MARK}-acc`],
    [0x00080020, 'DA', '20190531'],
    [0x00080060, 'CS', 'OT'],
    [0x00080080, 'LO', `${MARK} hospital`],
    [0x00080090, 'PN', `${MARK}^Referrer`],
    [0x00081010, 'SH', `${MARK} ward`],
    [0x00081030, 'LO', `${MARK} study description`],
    [0x00090010, 'LO', 'CUTPOINT TEST'],
    [0x00091001, 'LO', `${MARK} in a private element`],
    [0x00100010, 'PN', `${MARK}^Given^^Dr`],
    [0x00100020, 'LO', patientId(patient)],
    [0x00100030, 'DA', BORN],
    [0x00101040, 'LO', `${MARK} street 1`],
    [0x00104000, 'LO', `${MARK} comment`],
    [0x00280002, 'US', 1],
    [0x00280004, 'CS', 'MONOCHROME2'],
    [0x00280010, 'US', side],
    [0x00280011, 'US', side],
    [0x00280100, 'US', 8],
    [0x00280101, 'US', 8],
    [0x00280102, 'US', 7],
    [0x00280103, 'US', 0],
    [0x7fe00010, 'OB', Uint8Array.from({ length: side * side }, (_, i) => level + ((i * 7 + patient * 31) % 80))],
  ]);
}

/** Files that fail, each with identifiers before the place where it fails. */
function writeBroken(into: string): string[] {
  mkdirSync(into, { recursive: true });
  const whole = dicom(99, 90);
  const broken: Record<string, Buffer> = {
    'cut.dcm': whole,
    'no-pixels.dcm': whole.subarray(0, whole.length - 40 * 40 - 12),
    'huge.dcm': Buffer.from(whole),
    'text.png': Buffer.from(`${MARK}: the patient was seen on Monday`),
    'comment.png': pngWithComment(`Patient\0${MARK}`),
  };
  broken['huge.dcm']!.writeUInt16LE(65535, whole.indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53])) + 8);
  for (const [name, bytes] of Object.entries(broken)) writeFileSync(join(into, name), bytes);
  truncateSync(join(into, 'cut.dcm'), whole.length - 700);
  return Object.keys(broken).map((name) => join(into, name));
}

function chunk(type: string, body: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), body])));
  return Buffer.concat([length, Buffer.from(type), body, sum]);
}

/** A picture that can be read, with identifiers in EXIF and in a comment. */
async function tagged(png: Buffer): Promise<Buffer> {
  const exif = { IFD0: { Artist: `${MARK} artist`, ImageDescription: `${MARK} description` } };
  const bytes = await sharp(png).withExif(exif).png().toBuffer();
  const end = bytes.length - 12;
  return Buffer.concat([bytes.subarray(0, end), chunk('tEXt', Buffer.from(`Patient\0${MARK}`)), bytes.subarray(end)]);
}

/** A PNG that ends after its comment. */
function pngWithComment(text: string): Buffer {
  const header = Buffer.from([0, 0, 0, 9, 0, 0, 0, 9, 8, 0, 0, 0, 0]);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(text)),
    deflateSync(Buffer.alloc(9)),
  ]);
}

function everyFile(below: string): string[] {
  return readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Forms in which an identifier would still be one: other encodings, and hashes that anyone can compute. */
function traces(): string[] {
  const ids = Array.from({ length: PATIENTS * CLASSES.length }, (_, patient) => [
    patientId(patient),
    groupId(patient),
  ]).flat();
  const hashes = ids.flatMap((id) =>
    ['md5', 'sha1', 'sha256'].map((algorithm) => createHash(algorithm).update(id).digest('hex').slice(0, 32)),
  );
  const base64 = [MARK, MARK.toUpperCase()].flatMap((mark) =>
    // The three ways in which it can lie across groups of three bytes, without the characters that depend on neighbours.
    [0, 1, 2].map((shift) =>
      Buffer.from(`${' '.repeat(shift)}${mark}`)
        .toString('base64')
        .slice(shift ? 4 : 0, -4),
    ),
  );
  return [MARK, BORN, BORN.replace(/(....)(..)(..)/, '$1-$2-$3'), [...MARK].join('\0'), ...hashes, ...base64];
}

function tracesIn(content: Buffer): string[] {
  const text = content.toString('latin1');
  const lower = text.toLowerCase();
  return traces().filter((trace) => lower.includes(trace) || text.includes(trace));
}

const endEngine = serveForFile(at('workspace'));
beforeAll(async () => {
  for (const [label, name] of CLASSES.entries()) {
    mkdirSync(at('study', name), { recursive: true });
    for (let patient = 0; patient < PATIENTS; patient++) {
      const number = label * PATIENTS + patient;
      for (const image of [0, 1])
        writeFileSync(at('study', name, `${number}-${image}-${NAMED}.dcm`), dicom(number, 40 + 80 * label + image));
    }
  }
  writeBroken(at('study', 'benign', 'broken'));
  const pictures = await writeStudy(at('pictures'), { classes: CLASSES, patients: PATIENTS });
  for (const file of pictures) writeFileSync(at('pictures', file), await tagged(readFileSync(at('pictures', file))));
  const rows = pictures.map((file, patient) => [
    file,
    file.split('/')[0]!,
    groupId(patient),
    `${MARK} note ${patient}`,
  ]);
  writeCsv(at('groups.csv'), rows, ['file', 'label', 'group', 'note']);
  // A table without a header row, which the audit offers as labels by its first row; it is not ours to keep.
  writeFileSync(at('pictures', 'patients.csv'), `1,${MARK}-in-table,1950\n2,${MARK}-too,1951\n`);
});

describe('identifiers of patients, planted in DICOM files and in tables', () => {
  test('are nowhere after the whole job: not in the workspace, not in what was exported, not in what was said', async () => {
    const broken = writeBroken(at('broken'));
    const audit = await cutpoint('audit', at('study'), '--json');
    const report = contract['data.audit'].output.parse(JSON.parse(audit.stdout));
    expect(report.problems.map(({ file }) => file.split('/').at(-1)).sort()).toEqual(
      broken.map((file) => file.split('/').at(-1)).sort(),
    );
    expect(report).toMatchObject({ images: PATIENTS * 4, groups: PATIENTS * 2, groupSource: 'dicom' });

    const ids: string[] = [];
    for (const data of [[at('study')], [at('pictures'), '--labels', at('groups.csv')]]) {
      const args = ['--data', ...data];
      const trained = await cutpoint('train', ...args, ...TINY, '--epochs', '1', '--json');
      expect(trained.status, trained.stderr).toBe(0);
      const { id } = contract['run.get'].output.parse(JSON.parse(trained.stdout));
      ids.push(id);
      for (const command of [
        ['open-test', id, '--reason', 'figures'],
        ['run', id],
        ['evaluate', id],
        ['evaluate', id, ...args, '--json'],
        ['export', id, '--format', 'onnx', '--out', at('out', `${id}.onnx`)],
        ['export', id, '--format', 'tfjs', '--out', at('out', id), '--json', '--no-latency'],
        ['report', id, '--out', at('out', `${id}-report.html`)],
        ['predict', id, at('study', 'benign', `0-0-${NAMED}.dcm`), ...broken],
        ['predict', at('out', `${id}.onnx`), at('study', 'benign', `0-0-${NAMED}.dcm`), ...broken, '--json'],
      ]) {
        const { status, stderr } = await cutpoint(...command);
        // Some of the files named are broken.
        const partial = command[0] === 'predict' || command.includes(at('study'));
        expect(status, `${command.join(' ')}: ${stderr}`).toBe(partial ? 3 : 0);
      }
    }
    for (const command of [
      ['predict', ids[0]!, broken[0]!],
      ['evaluate', ids[0]!, '--data', at('broken')],
      ['train', '--data', at('broken'), ...TINY],
      ['audit', at('pictures'), '--labels', at('groups.csv'), '--label-column', 'diagnosis'],
      ['audit', at('study'), '--group-pattern', '(nobody)'],
    ]) {
      expect((await cutpoint(...command)).status, command.join(' ')).toBe(1);
    }

    await endEngine();
    const files = [...everyFile(at('workspace')), ...everyFile(at('out'))];
    // A log is there where the engine, or TensorFlow on this processor, had something to say.
    expect(files.map((file) => basename(file))).toContain('cutpoint.db');
    for (const file of files) expect(tracesIn(readFileSync(file)), file).toEqual([]);
    const leaves = [...everyFile(at('out')), ...files.filter((file) => file.endsWith('.log'))];
    for (const file of leaves) expect(readFileSync(file, 'latin1').includes(NAMED), file).toBe(false);
    // The table without a header is offered with its first row; that was asked for, and said to nobody else.
    const offered = said.map((text) => text.replace(new RegExp(`^.*${MARK}-in-table.*$`, 'gm'), ''));
    expect(tracesIn(Buffer.from(offered.join('\n')))).toEqual([]);
  });

  test('would have been found', () => {
    expect(tracesIn(dicom(0, 40))).toContain(MARK);
    for (const file of everyFile(at('pictures'))) expect(tracesIn(readFileSync(file)), file).toContain(MARK);
    expect(tracesIn(readFileSync(at('groups.csv')))).toContain(MARK);
    expect(tracesIn(Buffer.from(patientId(3), 'utf16le'))).not.toEqual([]);
    expect(tracesIn(Buffer.from(Buffer.from(`x${groupId(3)}`).toString('base64')))).not.toEqual([]);
    expect(tracesIn(Buffer.from(createHash('sha256').update(groupId(3)).digest('hex')))).not.toEqual([]);
  });
});
