import { countSentence } from '../../contract/checklistCounts.ts';
import type { OutputOf } from '../../contract/index.ts';
import { facts, paragraphs } from './table.ts';
import { bytes } from './units.ts';

/** Where a report lies, and how much of the checklists it fills. */
export function describeReport({
  path,
  bytes: size,
  json,
  card,
  pdf,
  tested,
  notes,
  checklists,
}: OutputOf<'report.write'>): string {
  return paragraphs(
    facts([
      ['Report', `${path}, ${bytes(size)}`],
      ...(pdf === null ? [] : ([['PDF', pdf]] as [string, string][])),
      ['JSON', json],
      ['Model card', card],
      ['Figures of', tested ? 'test images' : 'validation images: the test set was not opened (--open-test)'],
    ]),
    checklists.map(countSentence).join('\n'),
    notes.join('\n'),
  );
}
