import { zipSync } from 'fflate';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glanceAt } from '../../../src-main/engine/data/glance.ts';
import { scanDataset } from '../../../src-main/engine/data/scan.ts';
import { readColumns, readFirstRows, readTable } from '../../../src-main/engine/data/table.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { put, smallPng } from '../../support/pictures.ts';

const text = (written: string) => Buffer.from(written);
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = 'http://schemas.openxmlformats.org/package/2006/relationships';

type Cell = string | number | null;
const letters = 'ABCDEFGH';
const cellOf = (cell: Cell, at: string) =>
  cell === null ? '' : typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`; // prettier-ignore
const sheetOf = (rows: readonly (readonly Cell[])[]) =>
  rows.map((cells, row) => `<row r="${row + 1}">${cells.map((cell, at) => cellOf(cell, `${letters[at]}${row + 1}`)).join('')}</row>`).join(''); // prettier-ignore

/** A workbook as Office Open XML has it, with these rows of XML in each sheet. */
function workbook(sheets: Readonly<Record<string, string>>): Uint8Array {
  const names = Object.keys(sheets);
  return zipSync({
    '_rels/.rels': text(`<Relationships xmlns="${relation}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`), // prettier-ignore
    'xl/workbook.xml': text(`<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')}</sheets></workbook>`), // prettier-ignore
    'xl/_rels/workbook.xml.rels': text(`<Relationships xmlns="${relation}">${names.map((_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`), // prettier-ignore
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [`xl/worksheets/sheet${at + 1}.xml`, text(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`)]), // prettier-ignore
    ),
  });
}

const labels = [['file', 'label', 'patient_id'], ...Array.from({ length: 12 }, (_, at) => [`n${at}.png`, at % 2, `P${at}`])]; // prettier-ignore
const tableAt = (bytes: Uint8Array) => put(temporaryFolder(), 'labels.xlsx', Buffer.from(bytes));

describe('an Excel workbook', () => {
  it('gives the columns of its first sheet as text, blank rows counted', async () => {
    const path = tableAt(workbook({ One: sheetOf([['file', 'label'], [' a.png ', 1], [null, null], ['b.png', 0.5]]) })); // prettier-ignore
    expect(await readColumns(path)).toEqual(['file', 'label']);
    expect(await readFirstRows(path, 1)).toEqual([['a.png', '1']]);
    const table = await readTable(path, ['file', 'label']);
    expect(table).toEqual({
      columns: ['file', 'label'],
      rows: [
        { row: 2, values: { file: 'a.png', label: '1' } },
        { row: 4, values: { file: 'b.png', label: '0.5' } },
      ],
    });
  });

  it('is offered and taken as a table of labels; of several sheets the first, and that is said', async () => {
    const folder = temporaryFolder();
    for (let at = 0; at < 12; at++) put(folder, `n${at}.png`, await smallPng(at));
    put(folder, 'labels.xlsx', Buffer.from(workbook({ Labels: sheetOf(labels), Notes: sheetOf([['x']]) })));
    put(folder, '~$labels.xlsx', 'open elsewhere');
    const glance = await glanceAt(folder);
    expect(glance.suggested).toBe(join(folder, 'labels.xlsx'));
    expect(glance.tables[0]).toMatchObject({ labels: 2, matched: { rows: 12, of: 12 }, guess: { groupColumn: 'patient_id' } }); // prettier-ignore
    const { report } = await scanDataset(
      { folder, labels: { csv: 'labels.xlsx', fileColumn: 'file', labelColumn: 'label' } },
      { salt: 'salt' },
    );
    expect(report).toMatchObject({ files: 12, images: 12, groups: 12, obstacles: [], problems: [] });
    expect(report.warnings).toContainEqual({ code: 'TABLE_SHEETS', message: 'labels.xlsx has 2 sheets; the first, ‘Labels’, is read.' }); // prettier-ignore
  });

  it('that unpacks to far more than it is, or is none, is refused and does not hold the engine', async () => {
    const zeros = '<row r="1"><c r="A1"><v>' + '0'.repeat(210 * 1024 ** 2);
    await expect(readTable(tableAt(workbook({ One: zeros })), ['file'])).rejects.toMatchObject({
      code: 'LABELS_NOT_READABLE',
      message: 'The label file labels.xlsx cannot be read: unpacked it is larger than 200 MB.',
    });
    const refused = (bytes: Uint8Array | Buffer) => expect(readTable(tableAt(bytes), ['file'])).rejects.toMatchObject({ code: 'LABELS_NOT_READABLE', message: 'The label file labels.xlsx cannot be read: it is no Excel workbook.' }); // prettier-ignore
    await refused(Buffer.from('file,label\n'));
    await refused(zipSync({ 'other.xml': text('<a/>') }));
    const lying = Buffer.from(workbook({ One: sheetOf(labels) }));
    // The size that the directory claims of the sheet, which is its last entry.
    lying.writeUInt32LE(10, lying.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
    await refused(lying);
    expect(await readColumns(tableAt(text('no zip')))).toBeUndefined();
  });

  it('with a cell in the last row of its sheet is refused, and one of another sheet is not', async () => {
    const far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    await expect(readTable(tableAt(workbook({ One: far })), ['1'])).rejects.toMatchObject({ code: 'LABELS_NOT_READABLE', message: expect.stringContaining('it has more than 1,000,000 rows') }); // prettier-ignore
    expect((await readTable(tableAt(workbook({ One: sheetOf(labels), Two: far })), ['label'])).rows).toHaveLength(12);
  });
});
