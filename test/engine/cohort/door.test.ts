import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testAccess, type Way } from './testAccess.ts';

const engine = resolve(import.meta.dirname, '../../../src-main/engine');

/** Who comes near the test part of a run, and why it may. The store, which keeps it, is not looked at. */
const MAY: Record<string, { ways: Way[]; why: string }> = {
  'cohort/changed.ts': { ways: ['datasets'], why: 'compares bytes, and asks neither for parts nor for labels' },
  'cohort/parts.ts': { ways: ['datasets', 'evaluations', 'named', 'predictions', 'splits'], why: 'is the door' },
  'cohort/prepared.ts': { ways: ['datasets'], why: 'decodes the test folder ahead, and lends it to who has opened it' },
  'cohort/said.ts': {
    ways: ['named'],
    why: 'says of each image what the rule of a split says, before there is a split',
  },
  'cohort/split.ts': { ways: ['drawn', 'named'], why: 'draws the split of a run before there is one' },
  'comparisons/levels.ts': { ways: ['named'], why: 'keeps what the rule of a split says of each image' },
  'comparisons/splits.ts': { ways: ['drawn', 'named'], why: 'draws those of a comparison before there are its runs' },
  'data/folds.ts': { ways: ['drawn', 'named'], why: 'says how folds are drawn' },
  'data/audit.ts': { ways: ['named'], why: 'counts the images of parts that are given' },
  'data/saidSplit.ts': { ways: ['drawn', 'named'], why: 'says how a split follows from what is said of its images' },
  'data/split.ts': { ways: ['named'], why: 'says how splits are drawn' },
  'data/splitFolders.ts': { ways: ['named'], why: 'knows folders by their names' },
  'report/gather/cohort.ts': {
    ways: ['named'],
    why: 'counts the images of each part, and knows classes of the test part only where it was opened',
  },
  'report/gather/figures.ts': { ways: ['named'], why: 'asks for test figures only where they were asked for before' },
  'services/estimate.ts': { ways: ['named'], why: 'counts the images of each part, and looks at none' },
  'services/images.ts': {
    ways: ['named'],
    why: 'says of a separate folder, which no run has yet, that it is the test part',
  },
  'services/moveData.ts': { ways: ['datasets'], why: 'compares bytes, and asks neither for parts nor for labels' },
  'services/operating.ts': {
    ways: ['named'],
    why: 'asks at the door what a kept threshold does there, for exports once the figures were opened',
  },
  'transfer/requireUnseen.ts': {
    ways: ['named'],
    why: 'counts, before there is a run, images to test on that its source was trained on',
  },
  'comparisons/search/network.ts': { ways: ['named'], why: 'leaves the test part out' },
};

test('the test part of a run is given out at one door', () => {
  const files = globSync('**/*.ts', { cwd: engine }).map((file) => file.split(sep).join('/'));
  const found = Object.fromEntries(
    files
      .filter((file) => !file.startsWith('store/'))
      .map((file) => [file, testAccess(readFileSync(join(engine, file), 'utf8'))] as const)
      .filter(([, accesses]) => accesses.length > 0)
      .map(([file, accesses]) => [file, [...new Set(accesses.map(({ way }) => way))].sort()]),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(found).toEqual(Object.fromEntries(Object.entries(MAY).map(([file, { ways }]) => [file, ways])));
});

describe('a line that goes round the door is found', () => {
  test.each<[Way, string]>([
    ['splits', `const split = store.splits.load(run.id);`],
    ['splits', `const split = context.workspace.store.splits.load(run.id);`],
    ['splits', `const split = store['splits']['load'](run.id);`],
    ['splits', `const read = store.splits.load; read(run.id);`],
    ['splits', `const table = workspace.store.splits; table.load(run.id);`],
    ['splits', `const { splits } = workspace.store; splits.load(run.id);`],
    ['splits', `const { splits: parts } = store; parts.load(run.id);`],
    ['splits', `const { load } = store.splits; load(run.id);`],
    ['splits', `export const f = ({ splits }: Pick<Store, 'splits'>) => splits.load('a');`],
    ['splits', `export const f = ({ splits }: Reader) => splits;`],
    ['splits', `export const f = ({ store: { splits } }: Workspace) => splits;`],
    ['splits', `import { loadSplit as read } from '../store/queries/splits.ts'; read(db, 'a');`],
    ['datasets', `const images = store.datasets.load(ids.test ?? ids.dataset!);`],
    ['datasets', `const { datasets } = store; datasets.load(id);`],
    ['predictions', `const rows = store.predictions.load(id, 'data:abc');`],
    ['predictions', `const rows = store.predictions.load(id, set);`],
    ['evaluations', `const stored = store.evaluations.load(id);`],
    ['named', `const indices = images.filter((_, index) => split[index] === 'test');`],
    ['named', `const isTest = 'test' == part;`],
    ['named', `const spared = images.filter(({ file }) => split.get(file) !== \`test\`);`],
    ['named', `switch (part) { case 'test': take(image); }`],
    ['named', `const known = ['validation', 'test'].includes(part);`],
    ['named', `const images = Map.groupBy(all, partOf).get('test');`],
    ['named', `const images = parts['test'];`],
    ['named', `const TEST = 'test'; const isTest = part === TEST;`],
    ['drawn', `import { splitByGroup } from '../data/split.ts'; splitByGroup(images, run.plan.split);`],
    ['drawn', `import { foldSplit as f } from '../data/folds.ts'; f(images, options);`],
    ['drawn', `import * as split from '../data/split.ts'; split.splitByGroup(images, options);`],
    ['drawn', `const { loadSplit } = await import('../store/queries/splits.ts');`],
    ['drawn', `export * from '../data/split.ts';`],
  ])('%s: %s', (way, source) => {
    expect(testAccess(`// The first line.\n${source}`)).toContainEqual({ way, line: 2 });
  });
});

test.each([
  `const { train, validation } = learningParts(store, run);`,
  `const rows = (await openTest(workspace, run.id, 'evaluation')).predictions();`,
  `store.splits.save(run.id, pairs);`,
  `store.predictions.save(run.id, 'test', rows); store.evaluations.save(run.id, evaluation, 'test');`,
  `await commit(['predictions', 'save', run.id, 'test', rows], ['evaluations', 'save', run.id, evaluation, 'test']);`,
  `const rows = store.predictions.load(run.id, 'validation');`,
  `const ids = store.runs.datasets(run.id); const count = rows.datasets.length; take(store.storage.datasets());`,
  `const measured = { on: 'test' }; export type Part = 'validation' | 'test';`,
  `import { foldsByGroup } from '../data/folds.ts'; import type { SplitName } from '../data/types.ts';`,
  `export const f = ({ predictions }: Answer) => predictions.length;`,
])('no access: %s', (source) => {
  expect(testAccess(source)).toEqual([]);
});
