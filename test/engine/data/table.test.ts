import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../src-main/engine/data/parseTable.ts';
import { readColumns, readTable } from '../../../src-main/engine/data/table.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put } from '../../support/pictures.ts';

const read = (table: string | Buffer, wanted = ['file', 'label']) =>
  readTable(put(temporaryFolder(), 'labels.csv', table), wanted);

describe('a table', () => {
  it.each([
    ['UTF-16, big endian', Buffer.from('\ufefffile;label\na;b;c\n', 'utf16le').swap16()],
    ['UTF-16 without byte order mark', Buffer.from('file;label\na;b\n', 'utf16le')],
    ['the line by which Excel says its separator', 'sep=;\r\nfile;label\r\na;b\r\n'],
    ['lines ended as on old Macs', 'file,label\ra,b\r'],
    ['a column that JavaScript has a meaning for', 'file,label,__proto__\na,b,c\n'],
  ])('%s', async (_name, table) => {
    const { rows } = await read(table);
    expect(rows.map(({ values }) => values)).toEqual([{ file: 'a', label: 'b' }]);
  });

  it('gives the wanted columns alone, with the rows as a spreadsheet counts them', async () => {
    const { columns, rows } = await read('label,__proto__,file\nx,1,a\n\n,,\ny,2,b\n', ['file', '__proto__', 'none']);
    expect(columns).toEqual(['label', '__proto__', 'file']);
    expect(rows.map(({ row, values }) => [row, ...Object.entries(values).flat()])).toEqual([
      [2, 'file', 'a', '__proto__', '1'],
      [5, 'file', 'b', '__proto__', '2'],
    ]);
  });

  const wide = (rows: number) =>
    `${Array.from({ length: 50_000 }, (_, index) => `c${index}`).join(',')}\n${'a\n'.repeat(rows)}`;

  it('of 50,000 columns and 20,000 rows is read when it is named, and only then', async () => {
    const path = put(temporaryFolder(), 'wide.csv', wide(20_000));
    expect(await columnsOf(path)).toBeUndefined();
    expect(await columnsOf(path, Infinity)).toHaveLength(50_000);
    const before = process.memoryUsage().rss;
    const { columns, rows } = await readTable(path, ['c0', 'c49999']);
    expect([columns.length, rows.length, rows[0]!.values]).toEqual([50_000, 20_000, { c0: 'a', c49999: '' }]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });

  it('offers its columns by its head, however long it is and whatever follows', async () => {
    const folder = temporaryFolder();
    const offered = (name: string, table: string | Buffer) => columnsOf(put(folder, name, table));
    expect(await offered('long.csv', `file,label\nä,x\n${'a,"b\n'.repeat(1e6)}`)).toEqual(['file', 'label']);
    expect(await offered('header.csv', 'a,'.repeat(3e6))).toBeUndefined();
    expect(await offered('name.csv', `file,${'x'.repeat(5000)}\n`)).toBeUndefined();
    expect(await offered('empty.csv', '\n\n')).toBeUndefined();
    expect(await columnsOf('/dev/zero')).toBeUndefined();
  });

  it('with a header of megabytes does not hold the engine while its columns are listed', async () => {
    const folder = temporaryFolder();
    const commas = put(folder, 'commas.csv', `${','.repeat(4e6)}\nx\n`);
    const quoted = put(folder, 'quoted.csv', `${'"a""b",'.repeat(3e5)}\nx\n`);
    const wider = put(folder, 'wide.csv', wide(1));
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    expect(await readColumns(commas)).toBeUndefined();
    expect(await readColumns(quoted)).toBeUndefined();
    expect(await readColumns(wider, Infinity)).toHaveLength(50_000);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(500);
    expect(await readColumns(put(folder, 'short.csv', 'file,label\n'))).toEqual(['file', 'label']);
  });

  it.each([
    ['a quote that is not closed', `file,label\n"${'a,b\n'.repeat(100_000)}`, /quotes do not match at line 100001/],
    ['a line of commas alone', `file,label\n${','.repeat(5e6)}`, /line 2 is longer than 4 MB/],
    ['a header without end', 'x'.repeat(5e6), /line 1 is longer than 4 MB/],
    ['a cell as large as a document', `file,label\na,${'x'.repeat(2e5)}\n`, /row 2 has a cell of 200000 characters/],
    ['more rows than a million', `file,label\n${'a,b\n'.repeat(1e6 + 1)}`, /more than 1,000,000 rows/],
    ['two columns of one name', 'file,label,label\na,b,c\n', /two of its columns are named "label"/],
  ])('with %s is refused', async (_name, table, message) => {
    await expect(read(table)).rejects.toMatchObject({
      code: 'LABELS_NOT_READABLE',
      message: expect.stringMatching(message),
    });
  });

  it('with two columns of one name can be read by its other columns, and says to rename one', async () => {
    const table = 'file,label,label,dx\na,b,c,d\n';
    await expect(read(table)).rejects.toMatchObject({ remedy: expect.stringMatching(/^Rename one of the two/) });
    expect((await read(table, ['file', 'dx'])).rows).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('a device or a folder is no table', async () => {
    for (const path of ['/dev/zero', temporaryFolder()])
      await expect(readTable(path, ['file'])).rejects.toMatchObject({
        code: 'LABELS_NOT_READABLE',
        message: expect.stringContaining('it is not a file'),
      });
  });
});
