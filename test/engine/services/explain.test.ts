import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLocalisation } from '../../../src-main/cli/text/explain.ts';
import { contract, type OutputOf } from '../../../src-main/contract/index.ts';
import type { Explanation } from '../../../src-main/contract/explain.ts';
import type { RunSummary } from '../../../src-main/contract/run.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallDicom, smallPng, smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
let engine: Awaited<ReturnType<typeof services>>;
let run: RunSummary;

beforeAll(async () => {
  await smallStudy(study, { patients: 16, each: 3 });
  engine = await services(join(folder, 'workspace'));
  run = await engine.opened(await (await engine.train(tinyPlan(study, { epochs: 1 }))).end);
});
afterAll(() => engine.close());

const wide = async (file: string) => {
  const png = await sharp(await smallPng(3, 40)).resize(60, 25, { fit: 'fill' }).png().toBuffer(); // prettier-ignore
  return put(folder, file, png);
};
const decoded = (png: Uint8Array) => sharp(png).raw().toBuffer({ resolveWithObject: true });

describe('explain.map', () => {
  it('gives maps in the pictures’ own pixels, and a bad file does not stop the others', async () => {
    const files = [await wide('wide.png'), put(folder, 'no.png', 'text'), put(folder, 'p.dcm', smallDicom(1, 'X-17'))];
    const pictures = [...files.map((file) => ({ file })), { split: 'test' as const, index: 0 }];
    const ask = { run: run.id, pictures, image: true, values: true };
    const seen: number[] = [];
    const told: Explanation[] = [];
    const before = tf.memory().numTensors;
    const answer = await engine.call('explain.map', ask, ({ done, map }) => {
      seen.push(done);
      if (map) told.push(map);
    });
    expect(told).toEqual(answer.maps);
    expect(tf.memory().numTensors).toBe(before);
    contract['explain.map'].output.parse(answer);
    expect(answer).toMatchObject({ classes: run.classes, cut: 'block_2_add', method: 'grad-cam', input: 32 });
    expect(answer.maps.map(({ picture }) => picture)).toEqual([0, 2, 3]);
    expect(answer.problems).toMatchObject([{ picture: 1, code: 'IMAGE_WRONG_TYPE' }]);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(JSON.stringify(answer)).not.toContain('X-17');
    const [first, second, third] = answer.maps;
    expect(first!.restored).toMatchObject({ width: 60, height: 25 });
    expect([second!, third!].map(({ restored: { width, height } }) => [width, height])).toEqual([[24, 24], [24, 24]]); // prettier-ignore
    expect(first!.raw).toMatchObject({ width: 8, height: 8 });
    expect(first!.class).toBe(first!.predicted);
    const map = await decoded(first!.restored.png);
    const image = await decoded(first!.image!);
    expect([map.info.width, map.info.height]).toEqual([60, 25]);
    expect([image.info.width, image.info.height]).toEqual([60, 25]);
    const values = new Float32Array(first!.restored.values!.buffer);
    expect(values).toHaveLength(60 * 25);
    expect(Math.max(...values)).toBeCloseTo(first!.restored.largest, 6);
    if (first!.restored.largest > 0)
      expect(Math.max(...map.data.filter((_, i) => i % map.info.channels === 0))).toBe(255);
  });

  it('is the same again, for every class by every method, and agrees with the prediction', async () => {
    const file = await wide('again.png');
    const predicted = (await engine.call('model.predict', { model: run.id, files: [file] })).predictions[0]!;
    for (const name of run.classes)
      for (const method of ['grad-cam', 'grad-cam++', 'layer-cam'] as const) {
        const ask = { run: run.id, pictures: [{ file }], class: name, method, cut: 'block_1_project_BN' };
        const once = await engine.call('explain.map', ask);
        const { origin: _, ...again } = await engine.call('explain.map', { ...ask, again: true });
        expect(once).toMatchObject(again);
        expect(once.maps[0]).toMatchObject({ class: name, predicted: predicted.predicted });
        once.maps[0]!.probabilities.forEach((value, i) => expect(value).toBeCloseTo(predicted.probabilities[i]!, 5));
      }
  });

  it('refuses a class, a cut, an image or a run that there is not, naming those there are', async () => {
    const ask = { run: run.id, pictures: [{ split: 'test' as const, index: 0 }] };
    const refused = (changes: object) => expect(engine.call('explain.map', { ...ask, ...changes })).rejects;
    await refused({ class: 'c' }).toMatchObject({ code: 'INPUT_INVALID', details: { valid: run.classes } });
    await refused({ cut: 'out_relu' }).toMatchObject({ code: 'CUT_UNKNOWN', details: { valid: expect.arrayContaining(['block_2_add']) } }); // prettier-ignore
    await refused({ pictures: [{ split: 'test', index: 999 }] }).toMatchObject({ code: 'INPUT_INVALID', remedy: expect.stringContaining('index from 0 to') }); // prettier-ignore
    await refused({ run: 'nobody' }).toMatchObject({ code: 'RUN_UNKNOWN' });
  });

  it('ends when nobody waits for it any more', async () => {
    const controller = new AbortController();
    controller.abort();
    const pictures = [{ file: await wide('late.png') }];
    const asked = engine.call('explain.map', { run: run.id, pictures }, undefined, controller.signal);
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('explain.check', () => {
  it('compares with random weights stage by stage, and with other seeds once they are there', async () => {
    const pictures = [{ file: await wide('check.png') }, { file: join(folder, 'nothing.png') }];
    const ask = { run: run.id, pictures, draws: 2 };
    const before = tf.memory().numTensors;
    const alone = await engine.call('explain.check', ask);
    expect(tf.memory().numTensors).toBe(before);
    contract['explain.check'].output.parse(alone);
    expect(alone.problems).toMatchObject([{ picture: 1, code: 'FILE_NOT_READABLE' }]);
    const [check] = alone.checks;
    expect(check!.cascade.length).toBeGreaterThan(2);
    expect(check!.cascade[0]!.stage).toBe('head');
    expect(check!.repeatability).toBeNull();
    expect(check!.verdict.sentences).toHaveLength(2);

    const other = await (await engine.train(tinyPlan(study, { epochs: 1, seed: 1 }))).end;
    const { id: unlike, end } = await engine.train(tinyPlan(study, { epochs: 1, seed: 1, dropout: 0.1 }));
    await end;
    const both = await engine.call('explain.check', ask);
    expect(both.checks[0]!.cascade).toEqual(check!.cascade);
    expect(both.checks[0]!.repeatability).toMatchObject({ runs: [run.id, other.id], pairs: 1 });
    const same = await engine.call('explain.check', { ...ask, runs: [run.id] });
    expect(same.checks[0]!.repeatability).toBeNull();
    const refused = engine.call('explain.check', { ...ask, runs: [unlike] });
    await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('explain.localise', () => {
  it('takes masks as well as boxes, and lists what does not fit', async () => {
    const data = join(folder, 'found');
    for (const name of ['a', 'b', 'c']) put(data, `${name}.png`, await smallPng(1));
    const half = Uint8Array.from({ length: 576 }, (_, i) => (i % 24 < 12 ? 255 : 0));
    const mask = (side: number) => sharp(half.slice(0, side * side), { raw: { width: side, height: side, channels: 1 } }).png().toBuffer(); // prettier-ignore
    put(data, 'mask.png', await mask(24));
    put(data, 'small.png', await mask(12));
    put(data, 'found.csv', 'file,mask,boxes,who\na.png,mask.png,0 0 11 23,P1\nb.png,mask.png,0 0 11 23,P1\nc.png,small.png,0 0 24 23,P2\nd.png,mask.png,0 0 1 1,P3\n,,,\ne.png,,,\n'); // prettier-ignore
    const ask = async (kind: 'boxes' | 'masks', name: string): Promise<OutputOf<'explain.localise'>> => {
      const regions = { folder: data, csv: 'found.csv', groupColumn: 'who', column: { kind, name } };
      return engine.call('explain.localise', { run: run.id, regions });
    };
    const before = tf.memory().numTensors;
    const [masks, boxes] = [await ask('masks', 'mask'), await ask('boxes', 'boxes')];
    expect(tf.memory().numTensors).toBe(before);
    contract['explain.localise'].output.parse(masks);
    const found = ({ perImage }: typeof masks) => perImage.map(({ region: _, ...rest }) => rest);
    expect(found(masks)).toEqual(found(boxes));
    expect(masks.perImage[0]!.region).toEqual({ boxes: [], mask: 'mask.png' });
    expect(boxes.perImage[0]!.region).toEqual({ boxes: [[0, 0, 11, 23]], mask: null });
    expect(masks).toMatchObject({ images: 2, grouping: 'patient', patients: 1, patientKnown: 2, withoutRegion: 1 });
    expect(describeLocalisation(masks)).toContain('2 images with a finding, of 1 patient');
    const regions = { folder: data, csv: 'found.csv', column: { kind: 'masks', name: 'mask' } } as const;
    const nobody = await engine.call('explain.localise', { run: run.id, regions });
    expect(nobody).toMatchObject({ images: 2, grouping: 'image', patients: 2, patientKnown: 0 });
    expect(describeLocalisation(nobody)).toContain('whose they are is not known: each of these counts on its own');
    const table = (who: string[]) => `file,boxes,study_id\na.png,0 0 11 23,${who[0]}\nb.png,0 0 11 23,${who[1]}\n`;
    const grouped = async (...who: string[]) => {
      put(data, 'grouped.csv', table(who));
      const by = { folder: data, csv: 'grouped.csv', groupColumn: 'study_id', column: { kind: 'boxes', name: 'boxes' } } as const; // prettier-ignore
      return engine.call('explain.localise', { run: run.id, regions: by });
    };
    const studies = await grouped('S1', 'S2');
    expect(studies).toMatchObject({ grouping: 'study', patients: 2, patientKnown: 2 });
    expect(describeLocalisation(studies)).toMatch(
      /with a finding, of 2 imaging studies\n[^]*Images +Imaging studies +By chance/,
    );
    // A cell without a value, or with what stands for none, groups nothing.
    const partly = await grouped('S1', 'ANONYMOUS');
    expect(partly).toMatchObject({ grouping: 'group', patients: 2, patientKnown: 1 });
    expect(describeLocalisation(partly)).toContain('; of 1 of them, whose they are is not known');
    expect(await grouped('', '')).toMatchObject({ grouping: 'image', patients: 2, patientKnown: 0 });
    expect(masks.perImage[0]!.area).toBe(0.5);
    expect(masks.pointingStrict.chance).toBe(0.5);
    expect(masks.problems.map(({ file, code }) => [file, code])).toEqual([['c.png', 'INPUT_INVALID'], ['d.png', 'FILE_NOT_READABLE']]); // prettier-ignore
    expect(boxes.problems[0]!.message).toContain('outside the image');
    rmSync(data, { recursive: true });
  });
});

describe('explain.filters', () => {
  it('finds the same pictures for one seed, whatever else is made, and counts their kinds', async () => {
    const ask = { of: { run: run.id }, size: 32, steps: 6 };
    const before = tf.memory().numTensors;
    const { layers } = await engine.call('explain.filters', { ...ask, cuts: ['bn_Conv1', 'block_2_add'].slice(1), channels: [3, 0] }); // prettier-ignore
    const wide = await engine.call('explain.filters', { ...ask, channels: 12 });
    const other = await engine.call('explain.filters', { ...ask, channels: [0], seed: 1 });
    expect(tf.memory().numTensors).toBe(before);
    contract['explain.filters'].output.parse(wide);
    const [layer] = wide.layers;
    expect(layer).toMatchObject({ cut: 'block_2_add', channels: 24 });
    expect(layer!.filters.map(({ channel }) => channel)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
    expect(Object.values(layer!.counts).reduce((sum, count) => sum + count, layer!.silent)).toBe(12);
    const own = layers[0]!.filters[1]!;
    expect(own.channel).toBe(0);
    const pixels = async (png: Uint8Array) => (await decoded(png)).data;
    const difference = (a: Buffer, b: Buffer) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
    const again = await pixels(layer!.filters[0]!.png);
    expect(difference(await pixels(own.png), again)).toBeLessThanOrEqual(2);
    expect(difference(await pixels(other.layers[0]!.filters[0]!.png), again)).toBeGreaterThan(20);
    expect(own.activation).toBeGreaterThan(0);
  });

  it('refuses a channel, a cut or a source that there is not, and pictures that are too small', async () => {
    const of = { run: run.id };
    const refused = (input: object) => expect(engine.call('explain.filters', { of, ...input })).rejects;
    await refused({ channels: [24] }).toMatchObject({
      code: 'INPUT_INVALID',
      remedy: expect.stringContaining('0 to 23'),
    });
    await refused({ cuts: ['block_9_add'] }).toMatchObject({ code: 'CUT_UNKNOWN' });
    await refused({ of: { source: 'none' } }).toMatchObject({ code: 'SOURCE_UNKNOWN' });
  });
});
