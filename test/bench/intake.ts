// `npm run bench:intake`: how much of what is planted among chest X-rays an audit finds, and how often it finds what is
// not there; and what comparing 20,000 images with one another takes. Options: --data DIR, --share OF_THE_IMAGES.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { alikeSets } from '../../src-main/engine/data/look/alike.ts';
import { lookOf } from '../../src-main/engine/data/look/look.ts';
import { scanDataset } from '../../src-main/engine/data/scan.ts';
import { generator } from '../../src-main/engine/random.ts';
import { PLANTED, plantInto, type Planting } from '../support/planted.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/data/cxr_pneumonia') },
    share: { type: 'string', default: '0.05' },
  },
});
const WAYS = Object.keys(PLANTED) as Planting[];
const CODES: [code: string, of: (way: Planting) => boolean][] = [
  ['NEAR_DUPLICATE', (way) => way.startsWith('near copy')],
  ['INVERTED', (way) => way === 'negative'],
  ['BLANK', (way) => way.startsWith('blank')],
  ['BURNED_TEXT', (way) => way.startsWith('text')],
];

const folder = mkdtempSync(join(tmpdir(), 'cutpoint-intake-'));
try {
  const files = readdirSync(values.data, { recursive: true }).map(String).filter((name) => /\.jpe?g$/.test(name)).sort(); // prettier-ignore
  const each = Math.round(Number(values.share) * files.length);
  const planted = await plantInto(folder, { from: values.data, files, each, ways: WAYS });
  const { images, details } = await scanDataset({ folder }, { salt: '' });
  const found = new Map(images.map(({ file }, at) => [file, details[at]!.findings]));
  console.log('| planted | found |\n|---|---:|');
  for (const way of WAYS) {
    const [code] = CODES.find(([, of]) => of(way))!;
    const own = planted.filter((one) => one.way === way);
    console.log(`| ${way} | ${own.filter(({ file }) => found.get(file)!.includes(code)).length} of ${own.length} |`);
  }
  const touched = new Set(planted.flatMap(({ file, of }) => [file, of]));
  const others = images.filter(({ file }) => !touched.has(file)).map(({ file }) => file);
  for (const [code] of CODES)
    console.log(`| ${code} among the others | ${others.filter((file) => found.get(file)!.includes(code)).length} of ${others.length} |`); // prettier-ignore
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const COUNT = 20_000;
const SIDE = 32;
const random = generator('bench:intake');
const draw = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
const small = await Promise.all(
  readdirSync(values.data, { recursive: true })
    .map(String)
    .filter((name) => /\.jpe?g$/.test(name))
    .slice(0, 400)
    .map(
      (name) => // prettier-ignore
    sharp(join(values.data, name)).resize(SIDE, SIDE, { fit: 'fill' }).toColourspace('b-w').raw().toBuffer(), // prettier-ignore
    ),
);
/** Each of two X-rays laid over one another: as like one another as X-rays are, and no two the same. */
const seen = Array.from({ length: COUNT }, (_, at) => {
  const [one, other, share] = [draw(small), draw(small), 0.3 + 0.4 * random()];
  const pixels = Uint8Array.from(one, (level, pixel) => share * level + (1 - share) * other[pixel]! + 6 * random() - 3);
  return { sha256: String(at), look: lookOf({ width: SIDE, height: SIDE, channels: 1, pixels }) };
});
const before = process.memoryUsage().rss;
const [begun, used] = [performance.now(), process.cpuUsage()];
const sets = await alikeSets(seen);
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
const { user } = process.cpuUsage(used);
const more = Math.round((process.memoryUsage().rss - before) / 1e6);
console.log(`\n${COUNT} X-rays compared in ${seconds(performance.now() - begun)} s (${seconds(user / 1000)} s of a processor), ${more} MB more; ${sets.length} sets`); // prettier-ignore
