import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { CutpointError } from '../../../../src-main/contract/errors.ts';
import { runAll } from '../../../../src-main/engine/data/pool.ts';
import { generator } from '../../../../src-main/engine/random.ts';
import { temporaryFolder } from '../../../support/folder.ts';
import { put } from '../../../support/pictures.ts';
import { mutate } from '../../weights/mutate.ts';

/**
 * 5,000 damaged DICOM files of every encoding, in the threads that read files: each is read or refused, no thread hangs on
 * one, and a good file between them is read as before, so that no decoder is left poisoned. The damage follows from the
 * name of the file and the number of the round, so that a failure can be repeated alone.
 */
const ROUNDS = 5000;
/** Every so-manyth file is a whole one. */
const WHOLE = 50;
/** Of a file of some kilobytes, on a machine that does other things too. */
const LONGEST_MS = 20_000;

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../golden/data/dicom_headers.json'), 'utf8'),
) as { cases: { name: string; file: string; size: [columns: number, rows: number] }[] };

it(
  'no damaged DICOM file is anything but read or refused, and none spoils the next',
  { timeout: 600_000 },
  async () => {
    const folder = temporaryFolder();
    const whole = cases.map(({ file }) => gunzipSync(Buffer.from(file, 'base64')));
    const damaged = Array.from({ length: ROUNDS }, (_, round) => {
      const at = round % cases.length;
      const bytes =
        round % WHOLE === 0
          ? whole[at]!
          : mutate(whole[at]!, whole[(at + 1) % cases.length]!, generator('fuzz', cases[at]!.name, round));
      return { path: put(folder, `${round}.dcm`, bytes) };
    });
    let read = 0;
    await runAll('probe', damaged, {
      size: 2,
      timeLimit: LONGEST_MS,
      done: (round, outcome) => {
        const said = `round ${round} of ${cases[round % cases.length]!.name}: ${String(outcome)}`;
        if (outcome instanceof CutpointError) {
          expect(outcome.kind, said).toBe('user');
          expect(outcome.message, said).not.toMatch(/longer than|made the reader stop/);
          expect(round % WHOLE, said).not.toBe(0);
          return;
        }
        read++;
        if (round % WHOLE === 0)
          expect([outcome.width, outcome.height], said).toEqual(cases[round % cases.length]!.size);
      },
    });
    // The damage is neither so small that nothing fails nor so large that nothing is tried.
    expect(read).toBeGreaterThan(ROUNDS / 20);
    expect(read).toBeLessThan(ROUNDS * 0.95);
  },
);
