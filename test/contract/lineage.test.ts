import { describe, expect, it } from 'vitest';
import { lineageOfAll, lineageTable } from '../../src-main/contract/lineage.ts';
import type { Ancestor, SourceOrigin } from '../../src-main/contract/origin.ts';

const parent = (name: string, nature: Ancestor['nature'] = 'natural'): Ancestor => ({
  ...{ name, sha256: `sha of ${name}`, catalogue: null, nature },
});
const source = (name: string, parents: Ancestor[] | null, sha256 = `sha of ${name}`) => ({
  ...{ name, sha256 },
  origin: parents && ({ nature: 'medical', parents } as SourceOrigin),
});
const drawn = (...args: Parameters<typeof lineageOfAll>) =>
  lineageOfAll(...args).nodes.map(({ name, parent, depth, row, here }) => [name, parent, depth, row, here]);

describe('what sources descend from', () => {
  it('is joined where the weights are the same, each row an end, parents between their children', () => {
    const [imagenet, wood] = [source('imagenet', null), source('wood', [])];
    const all = [imagenet, wood, source('skin', [parent('wood')]), source('blood', [parent('wood')]), source('eye', [parent('imagenet', null)])]; // prettier-ignore
    expect(drawn(all, all)).toEqual([
      ['imagenet', null, 0, 0, true],
      ['eye', 0, 1, 0, true],
      ['random weights', null, 0, 1.5, false],
      ['wood', 2, 1, 1.5, true],
      ['skin', 3, 2, 1, true],
      ['blood', 3, 2, 2, true],
    ]);
    expect(lineageOfAll(all, all)).toMatchObject({ rows: 3, depth: 2 });
    expect(lineageTable(lineageOfAll([all[2]!], all))).toEqual([
      ['source', 'begun_from', 'nature', 'in_workspace', 'sha256'],
      ['random weights', null, null, 'no', null],
      ['wood', 'random weights', 'natural', 'yes', 'sha of wood'],
      ['skin', 'wood', 'medical', 'yes', 'sha of skin'],
    ]);
  });

  it('keeps weights that were removed, and calls those by their present name that were added again', () => {
    const skin = source('skin', [parent('wood'), parent('bark')]);
    expect(drawn([skin], [skin])).toMatchObject([
      ['random weights', null, 0, 0, false],
      ['wood', 0, 1, 0, false],
      ['bark', 1, 2, 0, false],
      ['skin', 2, 3, 0, true],
    ]);
    expect(drawn([skin], [skin, source('timber', null, 'sha of wood')])[1]).toEqual(['timber', 0, 1, 0, true]);
  });

  it('draws the same file under two names twice; nothing where there is nothing', () => {
    const twice = [source('a', null, 'same'), source('b', null, 'same')];
    expect(drawn(twice, twice).map(([name]) => name)).toEqual(['a', 'b']);
    expect(lineageOfAll([], [])).toEqual({ nodes: [], rows: 0, depth: 0 });
  });
});
