import { expect, test } from 'vitest';
import { taking } from '../../../src-main/cli/text/taking.ts';

test('a table that is asked about comes with the options that take it, as a shell reads them', () => {
  const guess = { fileColumn: 'Path', labelColumn: "Crohn's disease", groupColumn: null };
  const table = { path: '/d/my labels.csv', columns: [], rows: [], guess, labels: 2, matched: { rows: 0, of: 8 } };
  const layout = { name: 'CheXpert', says: '', ...guess, groupPattern: String.raw`(patient\d+)` };
  expect(taking([{ ...table, byEnd: 8, layout }])).toBe(
    [
      'To take the labels from it:',
      String.raw`  --labels '/d/my labels.csv' --file-column Path --label-column 'Crohn'\''s disease' --group-pattern '(patient\d+)' --match-ends`,
    ].join('\n'),
  );
  const hot = { ...table, guess: { ...guess, labelColumn: null, groupColumn: 'id' }, oneHot: ['MEL', 'Not known'] };
  expect(taking([hot])).toContain("--file-column Path --one-hot MEL 'Not known' --group-column id");
  expect(taking([table])).toBe('');
});
