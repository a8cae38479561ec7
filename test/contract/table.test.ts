import { expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf, toTable } from '../../src-main/contract/table.ts';
import { tableOf } from '../../src-main/contract/tableSchema.ts';

const row = z.object({ id: z.string(), folder: z.string().nullable(), epochs: z.int() });
const fields = row.keyof().options;
const rows = Array.from({ length: 9 }, (_, index) => ({
  id: `run ${index}`,
  folder: index % 3 === 0 ? null : '/study',
  epochs: index,
}));

test('a table gives back its rows; what repeats is there once', () => {
  const table = tableOf(row).parse(toTable(fields, rows));
  expect(rowsOf(table)).toEqual(rows);
  expect(table.folder).toEqual({ values: [null, '/study'], at: [0, 1, 1, 0, 1, 1, 0, 1, 1] });
  expect(table.id).toEqual(rows.map(({ id }) => id));
});

test.each([0, 1])('of %i rows', (count) => {
  const some = rows.slice(0, count);
  expect(rowsOf(tableOf(row).parse(toTable(fields, some)))).toEqual(some);
});

test('a value that is none of the field is refused', () => {
  for (const wrong of [
    { ...rows[0]!, epochs: 1.5 },
    { ...rows[0]!, id: null },
  ])
    expect(tableOf(row).safeParse(toTable(fields, [wrong as never])).success).toBe(false);
});
