// `npm run bench:similarity`: SVCCA and CKA of two layers from activations to the comparison with random features, and
// the SVCCA cut detector. Activations are made up: channels that mix ever weaker hidden signals, as those of trained layers
// do (`decaying`), or independent noise, in which nearly every direction is kept (`noise`: the most work). One thread.
import { generator } from '../../src-main/engine/random.ts';
import { detectEndOfReuse } from '../../src-main/engine/similarity/detector.ts';
import { matrix, rowProducts, type Matrix } from '../../src-main/engine/linear/matrix.ts';
import { describePair } from '../../src-main/engine/similarity/pairs.ts';
import { represent, type Representation } from '../../src-main/engine/similarity/representation.ts';
import { standardNormal } from '../../src-main/engine/similarity/randomFeatures.ts';

const TARGET = 5;
const random = generator(0, 'bench');

function normals(rows: number, columns: number): Matrix {
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => standardNormal(random)),
  );
}

/** Two layers [rows × channels] that share most of what they say. */
function layers(kind: 'decaying' | 'noise', rows: number, channels: number): [Matrix, Matrix] {
  if (kind === 'noise') return [normals(rows, channels), normals(rows, channels)];
  const hidden = normals(rows, channels);
  hidden.data.forEach((value, i) => (hidden.data[i] = value / (1 + (i % channels)) ** 0.75));
  const seen = () => {
    const values = rowProducts(hidden, normals(channels, channels));
    const noise = normals(rows, channels);
    values.data.forEach((value, i) => (values.data[i] = value + noise.data[i]! / 4));
    return values;
  };
  return [seen(), seen()];
}

/** Seconds on the wall, and of one processor: the second does not count what others do on the machine. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; wall: number; cpu: number }> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { result, wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

console.log(
  '| observations | channels | activations | directions | mean SVCCA | random | wall s | processor s | target |',
);
console.log('|---:|---:|---|---:|---:|---:|---:|---:|---|');
const cases = [
  [2000, 512, 'decaying'],
  [2000, 512, 'noise'],
  [500, 512, 'decaying'],
  [1000, 1280, 'decaying'],
  // 2,000 images at ten positions each.
  [20000, 512, 'decaying'],
] as const;
for (const [rows, channels, kind] of cases) {
  const [a, b] = layers(kind, rows, channels);
  const { result, wall, cpu } = await timed(() => {
    const pair = {
      a: { cut: 'a', representation: represent(a) },
      b: { cut: 'b', representation: represent(b) },
    };
    return describePair(pair, { draws: 10, seed: 0 });
  });
  const { kept, meanSvcca, random: chance } = result;
  const required = rows === 2000;
  const verdict = required ? `${cpu < TARGET ? 'met' : 'missed'}: under ${TARGET} s` : '';
  const cells = [
    rows,
    channels,
    kind,
    kept.join(', '),
    meanSvcca.toFixed(3),
    chance.mean.toFixed(3),
    wall.toFixed(2),
    cpu.toFixed(2),
  ];
  console.log(`| ${[...cells, verdict].join(' | ')} |`);
}

const cuts: { cut: string; before: Representation; after: Representation }[] = [];
for (const channels of [32, 16, 24, 24, 32, 32, 64, 64, 96, 96, 160, 320]) {
  const [before, after] = layers('decaying', 500, channels);
  cuts.push({ cut: `cut ${cuts.length}`, before: represent(before), after: represent(after) });
}
const { wall, cpu } = await timed(() => detectEndOfReuse(cuts, { seed: 0 }));
console.log(
  `\ncut detector, ${cuts.length} cuts of 16 to 320 channels, 500 images, 100 half-samples: ${wall.toFixed(1)} s (${cpu.toFixed(1)} s of one processor)`,
);
