import { join } from 'node:path';
import sharp from 'sharp';
import { generator } from '../../src-main/engine/random.ts';
import { put } from './pictures.ts';

export const SHOWN = ['Bright', 'Disc', 'Stripes'] as const;
const SIDE = 32;
/** Levels by which what is looked for stands out of the noise. */
const [NOISE, BRIGHT, WAVE, DISC, RADIUS] = [40, 50, 25, 60, 6];

/**
 * Two images a patient in which each of three things is or is not: a bright ground, a disc, stripes. `labels.csv` has a
 * column each, with −1 and empty cells among the zeros and ones; `names.csv` the names in one cell.
 * @returns which each image has, in the order of the table
 */
export async function severalLabelsStudy(folder: string, { patients = 60, seed = 1 } = {}): Promise<boolean[][]> {
  const random = generator(seed, 'several labels');
  const columns = [`file,patient,${SHOWN.join(',')}`];
  const names = ['file,patient,finding'];
  const all: boolean[][] = [];
  for (let image = 0; image < 2 * patients; image++) {
    const has = SHOWN.map(() => random() < 0.4);
    const file = `p${image >> 1}_${image & 1}.png`;
    put(folder, file, await picture(has, random));
    const cell = (own: boolean): string => (random() < 0.06 ? '-1' : own ? '1' : random() < 0.2 ? '' : '0');
    columns.push([file, `P${image >> 1}`, ...has.map(cell)].join(','));
    names.push(`${file},P${image >> 1},${SHOWN.filter((_, at) => has[at]).join('|') || 'No Finding'}`);
    all.push(has);
  }
  put(folder, 'labels.csv', columns.join('\n'));
  put(folder, 'names.csv', names.join('\n'));
  return all;
}

function picture([bright, disc, stripes]: boolean[], random: () => number): Promise<Buffer> {
  const [x, y, phase] = [random(), random(), random()].map((share) => 8 + share * (SIDE - 16));
  const samples = Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [column, row] = [at % SIDE, Math.floor(at / SIDE)];
    const inside = (column - x!) ** 2 + (row - y!) ** 2 < RADIUS ** 2;
    const wave = stripes ? WAVE * Math.sin((column + row) / 2 + phase!) : 0;
    return Math.max(
      0,
      Math.min(255, 60 + (bright ? BRIGHT : 0) + NOISE * random() + wave + (disc && inside ? DISC : 0)),
    );
  });
  return sharp(samples, { raw: { width: SIDE, height: SIDE, channels: 1 } })
    .png()
    .toBuffer();
}

/** How its table is read. */
export const severalLabelsData = (folder: string) => ({
  folder,
  labels: { csv: join(folder, 'labels.csv'), multi: { columns: [...SHOWN] } },
});
