import { findingOf, type Finding } from '../../../contract/findings.ts';
import { listed } from '../labels.ts';
import { partsOfLabels } from '../severalLabels.ts';
import { plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Images that have several labels in one cell of a table, each combination of which would become a class. */
export function severalOf(classes: readonly { name: string; images: number }[]): Finding[] {
  const parts = partsOfLabels(classes.map(({ name }) => name));
  const several = classes.filter(({ name }) => parts(name).length > 1);
  if (several.length === 0) return [];
  const images = several.reduce((sum, { images: own }) => sum + own, 0);
  const names = listed(several.map(({ name }) => `"${name}"`), 3); // prettier-ignore
  return [
    findingOf('SEVERAL_LABELS', `${plural(images, 'image')} with several labels in one cell, such as ${names}: each of the ${plural(several.length, 'combination')} is a class of its own as it stands. Learn each label on its own (\`--several-labels each\`), leave these images out (\`--several-labels leave-out\`), both below ‘Findings’ in the window, or accept the combinations as classes.`), // prettier-ignore
  ];
}

export const severalLabels: Notice = ({ labelling }, classes) => (labelling.names ? [] : severalOf(classes));
