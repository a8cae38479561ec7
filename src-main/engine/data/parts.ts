import type { AuditReport, DataSelection } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { PART_WORDS, partNamed } from '../../contract/split.ts';
import { columnsOfFiles } from './columnValues.ts';
import { listed, quoted } from './labels.ts';
import type { SplitName } from './types.ts';

/** The part of each file by a column of the label table, and what stands against it. */
export interface GivenParts {
  parts: Map<string, SplitName>;
  obstacles: AuditReport['obstacles'];
}

/** Reads the column that names the part of each file; nothing where none is chosen. */
export async function givenParts(selection: DataSelection, files: readonly string[]): Promise<GivenParts> {
  const column = selection.labels?.partColumn;
  const parts = new Map<string, SplitName>();
  if (column === undefined) return { parts, obstacles: [] };
  const unknown = new Set<string>();
  const empty: string[] = [];
  try {
    for (const [file, [value]] of await columnsOfFiles(selection, files, [column])) {
      const part = partNamed(value!);
      if (part) parts.set(file, part);
      else if (value === '') empty.push(file);
      else unknown.add(value!);
    }
  } catch (thrown) {
    const { kind, code, message, remedy } = CutpointError.from(thrown);
    if (kind !== 'user') throw thrown;
    return { parts, obstacles: [{ code, message, ...(remedy !== undefined && { remedy }) }] };
  }
  const remedy = `Parts are called ${PART_WORDS.join(', ')}. Correct the column, leave the images out, or choose another column.`;
  const against = (message: string): AuditReport['obstacles'][number] => ({ code: 'SPLIT_INVALID', message, remedy });
  return {
    parts,
    obstacles: [
      ...(unknown.size > 0
        ? [
            against(
              `The column "${column}" is to say the part of each image, and holds ${listed(quoted([...unknown].sort()))}.`,
            ),
          ]
        : []),
      ...(empty.length > 0
        ? [against(`The column "${column}" is to say the part of each image, and is empty for ${listed(empty)}.`)]
        : []),
    ],
  };
}
