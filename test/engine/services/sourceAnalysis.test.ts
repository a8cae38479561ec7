import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sourceAnalysisMethods } from '../../../src-main/contract/sourceAnalysis.ts';
import { CutpointError } from '../../../src-main/contract/errors.ts';
import { sourceAnalysisHandlers } from '../../../src-main/engine/services/sourceAnalysis.ts';
import german from '../../../src-renderer/text/de/engine/index.ts';
import { phrasebook } from '../../../src-renderer/text/phrasebook.ts';
import golden from '../../golden/sourceAnalysis.json' with { type: 'json' };
import { folderForFile } from '../../support/folder.ts';

const folder = folderForFile();
const { 'sourceStudy.analyse': method } = sourceAnalysisMethods;
const say = phrasebook(german);

/** A table in the test's folder. */
function table(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const analyse = (input: Record<string, unknown>) =>
  sourceAnalysisHandlers()['sourceStudy.analyse'](method.input.parse(input), {
    signal: new AbortController().signal,
    progress: () => {},
  });
async function refusal(input: Record<string, unknown>): Promise<CutpointError> {
  const error = await Promise.resolve(analyse(input)).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CutpointError);
  const refused = error as CutpointError;
  expect(say(refused.message), refused.message).toBeDefined();
  expect(say(refused.remedy!), refused.remedy).toBeDefined();
  return refused;
}

const RESULTS = ['source,target,fold,auc', ...golden.rows.map(({ source, target, fold, auc }) => `${source ?? ''},${target},${fold},${auc}`)].join('\n'); // prettier-ignore
const DISTANCES = ['source,target,distance', ...golden.distances.map(({ source, target, distance }) => `${source},${target},${distance}`)].join('\n'); // prettier-ignore

it('reads tables, whatever their marks, to the same numbers', async () => {
  const plain = await analyse({ results: table('r.csv', RESULTS), distances: table('d.csv', DISTANCES) });
  expect(Math.abs(plain.spearman!.value! - golden.spearman)).toBeLessThan(golden.tolerance);
  expect(plain.kendall).toMatchObject({ n: golden.pairs });
  expect(plain.files).toEqual([]);
  // As Excel writes it in Germany; the baseline by the name of its target, and a column that is not known.
  const named = RESULTS.replaceAll(/^,(\w+),/gm, '$1,$1,')
    .replaceAll(/^(.*)$/gm, '$1,x')
    .replace(/,x/, ',note');
  const foreign = `\ufeff${named.replaceAll(',', ';').replaceAll('.', ',').replace('source', 'Source').replace('auc', ' AUC ')}`;
  const { files: _, ...again } = await analyse({ results: table('e.csv', foreign), distances: table('d.tsv', DISTANCES.replaceAll(',', '\t')) }); // prettier-ignore
  expect(again).toEqual({ ...plain, files: undefined });
});

it('writes tables and drawings into a new folder, and overwrites nothing', async () => {
  const out = join(folder, 'out');
  const input = { results: table('r.csv', RESULTS), distances: table('d.csv', DISTANCES), out };
  const { files } = await analyse(input);
  expect(readdirSync(out).toSorted()).toEqual(files.toSorted());
  expect(files.filter((name) => name.endsWith('.csv'))).toHaveLength(7);
  for (const name of ['means', 'transferability', 'distances']) {
    const svg = readFileSync(join(out, `${name}.svg`), 'utf8');
    expect(svg).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('natural');
    const { width, height, format } = await sharp(join(out, `${name}.png`)).metadata();
    expect(format).toBe('png');
    expect(width / height).toBeCloseTo(
      Number(/width="(\d+)"/.exec(svg)![1]) / Number(/height="(\d+)"/.exec(svg)![1]),
      1,
    );
  }
  const caption = readFileSync(join(out, 'transferability.svg'), 'utf8');
  expect(caption).toContain(`Spearman’s ρ ${golden.spearman.toFixed(3).replace('-', '−')}`);
  expect(caption).toContain(`${golden.pairs} pairs`);
  const means = readFileSync(join(out, 'means.csv'), 'utf8').split('\r\n');
  expect(means[0]).toBe('target,source,n,folds,mean,deviation,max_deviation,low,high');
  expect(means).toHaveLength(golden.means.length + 2);
  expect((await refusal(input)).code).toBe('FOLDER_NOT_EMPTY');
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect((await analyse({ ...input, out: empty, distances: undefined })).files).not.toContain('transferability.svg');
});

describe('refuses in one sentence', () => {
  const head = 'source,target,fold,auc\n';
  it.each([
    ['a missing column, with those that are there', 'source,target,split,auroc\na,b,1,0.5', 'r.csv has no column "fold", "auc". Its columns are: "source", "target", "split", "auroc".'],
    ['what is no number', `${head},t,1,0.8\ns,t,1,high`, 'Row 3 of r.csv has "high" for auc, which is no number.'],
    ['no value', `${head},t,1,`, 'Row 2 of r.csv has "" for auc, which is no number.'],
    ['a number with thousands', `${head},t,1,"1,000.5"`, 'Row 2 of r.csv has "1,000.5" for auc, which is no number.'],
    ['an area above 1', `${head},t,1,0.8\ns,t,1,85`, 'Row 3 of r.csv has an AUC of 85; it lies between 0 and 1.'],
    ['an area below 0', `${head},t,1,-0.1`, 'Row 2 of r.csv has an AUC of -0.1; it lies between 0 and 1.'],
    ['no fold', `${head},t,,0.8`, 'Row 2 of r.csv has no fold.'],
    ['rows twice', `${head},t,1,0.8\ns,t,1,0.8\n\ns,t,1,0.9`, 'Rows 3 and 5 of r.csv are of the same source, target and fold.'],
    ['the baseline twice, under both its names', `${head},t,1,0.8\nt,t,1,0.8`, 'Rows 2 and 3 of r.csv are of the same source, target and fold.'],
    ['targets without a baseline', `${head}s,t,1,0.8\n,u,1,0.8\ns,v,1,0.8`, 'There is no baseline without transfer for ‘t’, ‘v’.'],
    ['a baseline of which nothing is a share', `${head},t,1,0\ns,t,1,0.8`, 'The baseline of ‘t’ has an AUC of 0, of which no improvement is a share.'],
    ['a table without rows', head, 'r.csv has no rows below its header.'],
  ])('%s', async (_, text, message) => {
    expect(await refusal({ results: table('r.csv', text) })).toMatchObject({ code: 'INPUT_INVALID', message });
  }); // prettier-ignore

  it('seeds tell rows apart', async () => {
    const seeded = `${head.trim()},seed\n,t,1,0.8,1\n,t,1,0.81,2\ns,t,1,0.9,1\ns,t,1,0.91,2\n`;
    const { means } = await analyse({ results: table('r.csv', seeded) });
    expect(means.map(({ n }) => n)).toEqual([2, 2]);
  });

  it('distances that contradict one another, or are none', async () => {
    const results = table('r.csv', RESULTS);
    const with_ = (text: string) => refusal({ results, distances: table('d.csv', `source,target,distance\n${text}`) });
    expect((await with_('a,b,0.5\nc,d,1\na,b,0.6')).message).toBe('Rows 2 and 4 of d.csv give two distances from ‘a’ to ‘b’: 0.5 and 0.6.'); // prettier-ignore
    expect((await with_('a,b,far')).message).toBe('Row 2 of d.csv has "far" for distance, which is no number.');
    expect((await with_(',b,1')).message).toBe('Row 2 of d.csv has no source.');
    const { notes } = await analyse({ results, distances: table('d.csv', 'source,target,distance\nx,y,1\nx,y,1') });
    expect(notes).toContain('Distances without a transferability, and not used: 1.');
  });

  it('what is no table, or not there', async () => {
    expect(await refusal({ results: join(folder, 'none.csv') })).toMatchObject({ code: 'FILE_NOT_READABLE', message: 'The table none.csv cannot be read: it does not exist.' }); // prettier-ignore
    expect(await refusal({ results: table('e.csv', '') })).toMatchObject({ message: 'The table e.csv cannot be read: it is empty.' }); // prettier-ignore
  });
});
