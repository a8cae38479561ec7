// `npm run bench:task2vec`: Task2Vec of the two halves of each set of the shared data, and whether the halves of one set are
// nearer to each other than to any half of another. Halves have no patient in common. Options: --data DIR, --input PIXELS,
// --mode perImage|batch, --sets NAME,…
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { FisherMode } from '../../src-main/contract/distance.ts';
import { ACCEPT_ALL } from '../../src-main/contract/findings.ts';
import { generator, shuffle } from '../../src-main/engine/random.ts';
import { services } from '../engine/services/inProcess.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/data') },
    input: { type: 'string', default: '96' },
    mode: { type: 'string', default: 'perImage' },
    sets: {
      type: 'string',
      default: 'textures,cifar10_sample,blood_cells,histology_lung,skin_lesions,cxr_pneumonia,cxr_covid',
    },
  },
});
const names = values.sets.split(',');
const scratch = await mkdtemp(join(tmpdir(), 'cutpoint-task2vec-'));
const { call, close } = await services(join(scratch, 'workspace'));
const network = { kind: 'backbone', backbone: 'efficientnet_lite0', source: 'efficientnet-lite0' } as const;

interface Row {
  file: string;
  label: string;
  group: string;
}

/** Tables of the two halves of a set: its groups in turn, after they were shuffled within the class of their first image. */
async function halvesOf(name: string): Promise<string[]> {
  const folder = join(values.data, name);
  const rows: Row[] = parse(await readFile(join(folder, 'labels.csv')), { columns: true });
  const groups = [...Map.groupBy(rows, ({ group }) => group).values()];
  const byClass = [...Map.groupBy(groups, ([first]) => first!.label).values()];
  const ordered = byClass.flatMap((of) => shuffle(of, generator(1, 'halves', name)));
  return Promise.all(
    [0, 1].map(async (half) => {
      const csv = join(scratch, `${name}-${half}.csv`);
      const lines = ordered.filter((_, at) => at % 2 === half).flat().map(({ file, label, group }) => `${file},${label},${group}`); // prettier-ignore
      await writeFile(csv, `${['file,label,group', ...lines].join('\n')}\n`);
      return csv;
    }),
  );
}

const of: { job: string; name: string }[] = [];
for (const name of names)
  for (const [half, csv] of (await halvesOf(name)).entries()) {
    const found = await call('distance.embed', {
      network,
      data: { folder: join(values.data, name), labels: { csv, groupColumn: 'group' } },
      ...{ input: Number(values.input), mode: values.mode as FisherMode, accept: [ACCEPT_ALL], limit: 1000 },
    });
    const called = `${name} ${'ab'[half]!}`;
    console.log(
      `${called}: ${found.images} images, ${found.classes.length} classes, ${found.seconds.toFixed(0)} s, fitted ${found.fitted.toFixed(2)}`,
    );
    of.push({ job: found.origin!.job, name: called });
  }
const { distances, shared, sets } = await call('distance.compare', { of });
const setOf = (half: string): string => half.slice(0, -2);
const between = (a: string, b: string): number[] =>
  distances.filter(({ source, target }) => source !== target && setOf(source) === a && setOf(target) === b).map(({ distance }) => distance); // prettier-ignore
const shown = (value: number): string => value.toFixed(4).padStart(12);
console.log(
  `\nmean distance of halves\n${''.padEnd(16)}${names.map((name) => name.slice(0, 11).padStart(12)).join('')}`,
);
for (const a of names)
  console.log(
    a.padEnd(16) + names.map((b) => shown(between(a, b).reduce((x, y) => x + y, 0) / between(a, b).length)).join(''),
  );
let held = true;
for (const a of names) {
  const others = names.filter((b) => b !== a);
  const [own, nearest] = [Math.max(...between(a, a)), Math.min(...others.flatMap((b) => between(a, b)))];
  held &&= own < nearest;
  console.log(`${a}: halves ${own.toFixed(4)}, nearest half of another set ${nearest.toFixed(4)}`);
}
console.log(held ? 'the halves of each set are nearest to each other' : 'NOT all halves are nearest to each other');
console.log('trivial', sets.map(({ name, trivial }) => `${name} ${trivial.toFixed(3)}`).join(', '));
console.log('shared', JSON.stringify(shared));
await close();
await rm(scratch, { recursive: true, force: true });
