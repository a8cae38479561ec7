import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawCategories, drawPicture } from '../../scripts/pretrain/pictures/index.ts';
import { BACKBONE, FORMULAS, STAGES } from '../../scripts/pretrain/settings.ts';
import { measureStatistics } from '../../scripts/pretrain/statistics.ts';
import { pretrain } from '../../scripts/pretrain/train.ts';
import { graphParameters } from '../../src-main/backbone/parameters.ts';
import { findBackbone } from '../../src-main/backbone/zoo/index.ts';
import { generator } from '../../src-main/engine/random.ts';
import { initialise } from '../../src-main/engine/weights/initialise.ts';

const SIZE = 48;

function picture(category: ReturnType<typeof drawCategories>[number], seed: number): Uint8Array {
  const into = new Uint8Array(SIZE * SIZE * 3);
  drawPicture(category, generator(seed, category.name), { size: SIZE, into, offset: 0 });
  return into;
}

test('every category draws pictures that differ, hold a pattern, and are the same every time', () => {
  const categories = drawCategories(FORMULAS);
  expect(new Set(categories.map(({ name }) => name)).size).toBe(192);
  const hash = createHash('sha256');
  let flat = 0;
  for (const category of categories) {
    const [one, other] = [picture(category, 1), picture(category, 2)];
    expect(one).not.toEqual(other);
    const mean = one.reduce((sum, value) => sum + value, 0) / one.length;
    const variance = one.reduce((sum, value) => sum + (value - mean) ** 2, 0) / one.length;
    if (variance < 9) flat++;
    hash.update(one);
  }
  expect(flat).toBeLessThan(categories.length / 10);
  // The pictures that the bundled weights were trained on: another hash means other weights.
  expect(hash.digest('hex').slice(0, 16)).toBe('4842f5eb39673b39');
});

test('the same settings give the same weights, without the head, going on from weights that are given', async () => {
  const plan = { ...STAGES[0]!, input: 32, epochs: 1, engine: 'auto' as const };
  const options = { pictures: { train: 1, validation: 1 }, formulas: FORMULAS, start: new Map(), tell: () => {} };
  const one = await pretrain(plan, options);
  expect(await pretrain(plan, options)).toEqual(one);
  expect([...one.keys()].filter((key) => key.startsWith('head_'))).toEqual([]);

  const still = { ...plan, learningRate: 1e-30, weightDecay: 0 };
  const after = await pretrain(still, { ...options, start: one });
  const key = 'block_9_expand/kernel';
  expect(after.get(key)).toEqual(one.get(key));
}, 60_000);

test('statistics are measured on pictures of another size; what was learned stays', async () => {
  const backbone = findBackbone(BACKBONE);
  const parameters = graphParameters(backbone.build(), { height: 64, width: 64 });
  const start = initialise(parameters, backbone.initialisation, generator(1, 'weights'));
  const options = { backbone: BACKBONE, formulas: FORMULAS, seed: 1, batch: 32 };
  const measured = await measureStatistics(structuredClone(start), { ...options, size: 64 });
  const larger = await measureStatistics(structuredClone(start), { ...options, size: 96 });
  expect(measured.get('block_9_expand/kernel')).toEqual(start.get('block_9_expand/kernel'));
  expect(measured.get('block_9_expand_BN/gamma')).toEqual(start.get('block_9_expand_BN/gamma'));
  for (const key of ['bn_Conv1/mean', 'block_9_expand_BN/variance']) {
    expect(measured.get(key)).not.toEqual(start.get(key));
    expect(measured.get(key)).not.toEqual(larger.get(key));
  }
}, 60_000);
