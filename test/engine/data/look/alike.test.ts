import { expect, it } from 'vitest';
import { alikeSets } from '../../../../src-main/engine/data/look/alike.ts';
import { invertedAmong } from '../../../../src-main/engine/data/look/inverted.ts';
import { lookOf } from '../../../../src-main/engine/data/look/look.ts';
import { generator } from '../../../../src-main/engine/random.ts';

const SIDE = 48;

/** Blocks of random levels, which no other seed has. */
function blocks(seed: number, change: (level: number) => number = (level) => level): Uint8Array {
  const random = generator(seed, 'blocks');
  const levels = Array.from({ length: 144 }, () => Math.floor(random() * 200) + 20);
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) =>
    change(levels[Math.floor(Math.floor(at / SIDE) / 4) * 12 + Math.floor((at % SIDE) / 4)]!),
  );
}
const look = (pixels: Uint8Array) => lookOf({ width: SIDE, height: SIDE, channels: 1, pixels });

it('sets of images that look the same: also of three, with exact copies, and without those that differ', async () => {
  const images = [
    { sha256: 'a', look: look(blocks(1)) },
    { sha256: 'b', look: look(blocks(2)) },
    { sha256: 'c', look: look(blocks(1, (level) => level * 0.8)) },
    { sha256: 'd', look: look(blocks(3)) },
    { sha256: 'b', look: look(blocks(2)) },
    { sha256: 'e', look: look(blocks(1, (level) => level + 9)) },
    { sha256: 'a', look: look(blocks(1)) },
  ];
  // 1 and 4 are equal files, which look like no other.
  expect(await alikeSets(images)).toEqual([[0, 2, 5, 6]]);
});

it('images without contrast look like no other', async () => {
  const grey = (level: number) => look(new Uint8Array(SIDE * SIDE).fill(level));
  expect(await alikeSets([{ sha256: 'f', look: grey(10) }, { sha256: 'g', look: grey(11) }])).toEqual([]); // prettier-ignore
});

it('lets others work between, and stops where it is told to', async () => {
  const images = Array.from({ length: 6000 }, (_, at) => ({ sha256: `${at}`, look: { ...look(blocks(1)), hash: (at * 2654435761).toString(16).padStart(16, '0').slice(-16) } })); // prettier-ignore
  const control = new AbortController();
  setTimeout(() => control.abort(new Error('stopped')), 5);
  await expect(alikeSets(images, control.signal)).rejects.toThrow('stopped');
});

it('negatives are found among images of one kind, and among others nothing is said', () => {
  const common = blocks(7);
  const some = Array.from({ length: 40 }, (_, at) => {
    const own = blocks(100 + at);
    const pixels = common.map((level, pixel) => 0.8 * level + 0.2 * own[pixel]!);
    return { grey: true, look: look(at % 10 === 3 ? pixels.map((level) => 255 - level) : pixels) };
  });
  expect(invertedAmong(some)).toEqual([3, 13, 23, 33]);
  // Most of them negatives: then the others stand out.
  const most = some.map(({ look: own, grey }, at) => ({ grey, look: at % 10 === 3 ? own : look(common.map((level) => 255 - level)) })); // prettier-ignore
  expect(invertedAmong(most)).toEqual([]);
  expect(invertedAmong(some.map((each) => ({ ...each, grey: false })))).toEqual([]);
  expect(invertedAmong(some.slice(0, 19))).toEqual([]);
  expect(invertedAmong(Array.from({ length: 40 }, (_, at) => ({ grey: true, look: look(blocks(at)) })))).toEqual([]);
});
