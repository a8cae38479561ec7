import type { DataEmbedding, DistanceReport } from '../../contract/distance.ts';
import { CutpointError } from '../../contract/errors.ts';
import { meanAndDeviation } from '../metrics/summary.ts';
import { generator } from '../random.ts';
import { fromTrivial, taskDistance } from './distance.ts';

interface Embedded extends DataEmbedding {
  vectors: readonly Float32Array[];
}

/**
 * Distances between data sets by their embeddings: of whole sets by the one of each, of subsets the mean over pairs drawn at
 * random, five in van den Brandt et al. 2021 (section IV-B). A set of subsets is compared with itself by two of them each time.
 * @throws CutpointError INPUT_INVALID where two have other settings or one name
 */
export function compareEmbeddings(
  embeddings: readonly DataEmbedding[],
  { pairs, alpha, seed }: { pairs: number; alpha: number; seed: number },
): DistanceReport {
  requireComparable(embeddings);
  const sets = embeddings.map((each): Embedded => ({ ...each, vectors: each.embeddings.map(asFloats) }));
  const trivials = sets.map(({ vectors }) => vectors.map(fromTrivial));
  const distances = sets.flatMap((a, i) =>
    sets.map((b, j) => {
      // Of a → b and of b → a the same pairs.
      const [low, high] = [Math.min(i, j), Math.max(i, j)];
      const drawn = drawPairs(sets[low]!.vectors.length, sets[high]!.vectors.length, {
        ...{ pairs, same: i === j },
        random: generator(seed, 'pairs of embeddings', sets[low]!.name, sets[high]!.name),
      }).map(([one, other]) => (i <= j ? ([one, other] as const) : ([other, one] as const)));
      const found = drawn.map(([of, and]) => taskDistance(a.vectors[of]!, b.vectors[and]!));
      const { mean, deviation } = meanAndDeviation(found)!;
      const trivial = meanOf(drawn.map(([of]) => trivials[i]![of]!));
      return {
        ...{ source: a.name, target: b.name, distance: mean, asymmetric: mean - alpha * trivial },
        ...{ deviation: found.length > 1 ? deviation : null, pairs: found.length },
      };
    }),
  );
  return {
    settings: sets[0]!.settings,
    sets: sets.map(({ name, images, classes }, at) => ({
      ...{ name, images, classes: classes.length, trivial: meanOf(trivials[at]!) },
    })),
    alpha,
    distances,
    shared: sharedBetween(sets),
  };
}

function requireComparable(embeddings: readonly DataEmbedding[]): void {
  const [first, ...others] = embeddings;
  const other = others.find(({ fingerprint }) => fingerprint !== first!.fingerprint);
  if (other) {
    throw new CutpointError(
      'INPUT_INVALID',
      `The embeddings of '${first!.name}' and '${other.name}' have different settings or networks, so that their distance means nothing.`,
      { remedy: 'Compute both with the same network, weights, input size, mode, draws and subsets.' },
    );
  }
  const names = embeddings.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new CutpointError('INPUT_INVALID', `Two of the data sets are called '${twice}'.`, {
      remedy: 'Give each a name of its own.',
    });
  }
}

/** Which embedding of one with which of the other. */
function drawPairs(
  ofA: number,
  ofB: number,
  { pairs, same, random }: { pairs: number; same: boolean; random: () => number },
): [number, number][] {
  if (ofA === 1 && ofB === 1) return [[0, 0]];
  return Array.from({ length: pairs }, () => {
    const one = Math.floor(random() * ofA);
    const other = Math.floor(random() * (same ? ofB - 1 : ofB));
    return [one, same && other >= one ? other + 1 : other];
  });
}

/** Images that are in two sets, by the digests of their files. */
function sharedBetween(sets: readonly DataEmbedding[]): DistanceReport['shared'] {
  return sets.flatMap((a, at) => {
    const own = new Set(a.digests);
    return sets.slice(at + 1).flatMap((b) => {
      const images = new Set(b.digests.filter((digest) => own.has(digest))).size;
      return images === 0 ? [] : [{ a: a.name, b: b.name, images }];
    });
  });
}

/** Little-endian numbers of 32 bits, wherever in memory they begin. */
function asFloats(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getFloat32(4 * at, true));
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
