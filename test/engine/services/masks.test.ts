import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { maskMethods, type MaskAgreement } from '../../../src-main/contract/masks.ts';
import { maskHandlers } from '../../../src-main/engine/services/masks.ts';
import german from '../../../src-renderer/text/de/engine/index.ts';
import { phrasebook } from '../../../src-renderer/text/phrasebook.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';

const { 'masks.agreement': method } = maskMethods;
const say = phrasebook(german);

/** A mask of 4 × 3 pixels, from its rows. */
const png = (rows: string, width = 4) => {
  const values = [...rows.replaceAll(' ', '')].map(Number);
  return sharp(Uint8Array.from(values), { raw: { width, height: values.length / width, channels: 1 } }).png().toBuffer(); // prettier-ignore
};
const SQUARE = '0000 0110 0110';

/** Two folders with these masks. */
async function folders(truth: Record<string, string>, other: Record<string, string>) {
  const root = temporaryFolder();
  const input = { truth: join(root, 'truth'), other: join(root, 'other') };
  for (const [name, masks] of Object.entries({ truth, other })) {
    mkdirSync(join(root, name));
    for (const [file, rows] of Object.entries(masks)) put(join(root, name), file, await png(rows));
  }
  return input;
}

async function compare(input: Record<string, unknown>): Promise<MaskAgreement> {
  const found = await maskHandlers()['masks.agreement'](method.input.parse(input), {
    signal: new AbortController().signal,
    progress: () => {},
  });
  for (const { message } of [...found.problems, ...found.findings]) expect(say(message), message).toBeDefined();
  return method.output.parse(found);
}
async function refusal(input: Record<string, unknown>): Promise<CutpointError> {
  const error = await compare(input).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CutpointError);
  const refused = error as CutpointError;
  expect(say(refused.message), refused.message).toBeDefined();
  return refused;
}

describe('two folders of masks', () => {
  it('are paired by path without ending; images of which no patient is known count on their own', async () => {
    const input = await folders({ 'a.png': SQUARE, 'in/b.png': SQUARE }, { 'a.png': SQUARE, 'in/b.tif': '0000 0110 0000' }); // prettier-ignore
    const found = await compare(input);
    expect(found).toMatchObject({ images: 2, patients: 2, grouping: 'image', spacing: null, problems: [] });
    expect(found.findings.map(({ code }) => code)).toEqual(['NO_PATIENTS']);
    const value = (at: number, name: 'dice' | 'sensitivity' | 'hausdorff95') => found.rows[at]!.figures[name].value;
    expect(found.rows.map(({ file, other }) => [file, other])).toEqual([['in/b.png', 'in/b.tif'], ['a.png', 'a.png']]); // prettier-ignore
    expect([value(0, 'dice'), value(0, 'sensitivity'), value(1, 'dice'), value(1, 'hausdorff95')]).toEqual([2 / 3, 1 / 2, 1, 0]); // prettier-ignore
    expect(found.values).toEqual([
      { value: 0, class: null, truth: { pixels: 16, masks: 2 }, other: { pixels: 18, masks: 2 } },
      { value: 1, class: '1', truth: { pixels: 8, masks: 2 }, other: { pixels: 6, masks: 2 } },
    ]);
    const [only] = found.classes;
    expect(only).toMatchObject({
      name: '1',
      values: [1],
      images: { dice: { value: expect.closeTo(5 / 6, 12) as number, of: 2 } },
    });
    expect(only!.pooled.dice.value).toBeCloseTo(12 / 14, 12);
  });

  it('in millimetres, rows and columns apart, by classes with names', async () => {
    const input = await folders({ 'a.png': '1200 0000 0000' }, { 'a.png': '0030 0000 1000' });
    const classes = [{ value: 1, name: 'lung' }, { value: 2, name: 'heart' }, { value: 3, name: 'heart' }]; // prettier-ignore
    const found = await compare({ ...input, classes, spacing: [3, 0.5] });
    const far = Object.fromEntries(found.rows.map((row) => [row.class, row.figures.hausdorff95.value]));
    expect(far).toEqual({ lung: 6, heart: 0.5 });
    expect(found.classes.map(({ name, values }) => [name, values])).toEqual([['lung', [1]], ['heart', [2, 3]]]); // prettier-ignore
    expect(found.classes[0]!.images.dice.interval).toBeNull();
  });

  it('names what cannot be compared, and goes on', async () => {
    const input = await folders({ 'a.png': SQUARE, 'b.png': SQUARE, 'c.png': SQUARE, 'd.png': SQUARE, 'e.png': SQUARE, 'e.tif': SQUARE }, { 'a.png': SQUARE, 'e.png': SQUARE, 'z.png': SQUARE }); // prettier-ignore
    put(input.other, 'b.png', await png('011 011', 3));
    put(input.other, 'c.png', 'no image');
    const { rows, problems } = await compare(input);
    expect(rows.map(({ file }) => file)).toEqual(['a.png']);
    expect(problems.map(({ of, file, code }) => [of, file, code])).toEqual([
      ['truth', 'e.png', 'INPUT_INVALID'],
      ['truth', 'e.tif', 'INPUT_INVALID'],
      ['truth', 'd.png', 'FILE_NOT_READABLE'],
      ['other', 'e.png', 'FILE_NOT_READABLE'],
      ['other', 'z.png', 'FILE_NOT_READABLE'],
      ['other', 'b.png', 'INPUT_INVALID'],
      ['other', 'c.png', 'IMAGE_WRONG_TYPE'],
    ]);
    expect(problems[5]!.message).toBe('The mask has 3 × 2 pixels, the one that it is compared with 4 × 3.');
  });

  it('are refused where a value has no name, all of them listed; where nothing is left; and where all is background', async () => {
    const several = await folders({ 'a.png': '0010 0000 0000', 'b.png': '0110 0000 0000' }, { 'a.png': '0020 0000 0000', 'b.png': '0050 0000 0000' }); // prettier-ignore
    expect((await refusal(several)).message).toBe('Nobody named these values of the masks: 1 (3 px), 2 (1 px), 5 (1 px).'); // prettier-ignore
    const named = { ...several, classes: [{ value: 1, name: 'lung' }, { value: 2, name: 'lung' }] }; // prettier-ignore
    expect(await refusal(named)).toMatchObject({ code: 'INPUT_INVALID', details: { values: [5] } });
    expect(await refusal(await folders({ 'a.png': SQUARE }, { 'b.png': SQUARE }))).toMatchObject({ code: 'INPUT_INVALID', details: { problems: [{ file: 'a.png' }, { file: 'b.png' }] } }); // prettier-ignore
    const empty = '0000 0000 0000';
    expect((await refusal(await folders({ 'a.png': empty }, { 'a.png': empty }))).message).toMatch(/no class/);
  });
});

describe('a table of pairs', () => {
  it('pairs files of any name, and says whose they are', async () => {
    const input = await folders({ 'a.png': SQUARE, 'b.png': SQUARE, 'c.png': SQUARE }, { 'x.png': SQUARE, 'y.png': '0000 0110 0000' }); // prettier-ignore
    const csv = put(input.truth, 'pairs.csv', 'file,other,patient_id\na.png,x.png,p1\nb.png,y.png,p1\nc.png,y.png,p2\nc.png,,p2\nb.png,y.png,p1\nno.png,x.png,p3\n'); // prettier-ignore
    const found = await compare({ ...input, pairs: { csv } });
    expect(found).toMatchObject({ images: 3, patients: 2, grouping: 'patient' });
    expect(found.findings.map(({ code }) => code)).toEqual(['GROUP_COLUMN_TAKEN']);
    expect(found.classes[0]!.patients.dice).toMatchObject({ of: 2, value: expect.closeTo((5 / 6 + 2 / 3) / 2, 12) as number }); // prettier-ignore
    expect(found.problems.map(({ of, file, code }) => [of, file, code])).toEqual([
      ['table', 'pairs.csv', 'LABELS_FILE_MISSING'],
      ['table', 'pairs.csv', 'LABELS_DUPLICATE'],
      ['truth', 'no.png', 'FILE_NOT_READABLE'],
    ]);
  });

  it('is refused without its columns; a pattern tells patients, too', async () => {
    const input = await folders({ 'p1_1.png': SQUARE, 'p1_2.png': SQUARE, 'p2_1.png': SQUARE }, { 'p1_1.png': SQUARE, 'p1_2.png': SQUARE, 'p2_1.png': SQUARE }); // prettier-ignore
    const csv = put(input.truth, 'pairs.csv', 'file,mask\na.png,x.png\n');
    expect(await refusal({ ...input, pairs: { csv } })).toMatchObject({ code: 'LABELS_COLUMN_MISSING' });
    const found = await compare({ ...input, groupPattern: '(p\\d+)_' });
    expect(found).toMatchObject({ images: 3, patients: 2, grouping: 'patient' });
  });
});
