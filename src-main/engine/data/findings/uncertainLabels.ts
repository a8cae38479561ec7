import { findingOf, type Finding } from '../../../contract/findings.ts';
import { plural } from './counting.ts';
import type { Notice } from './scanned.ts';

/** Labels -1, 0 and 1: CheXpert and others write -1 where the report is uncertain. */
export function uncertainOf(classes: readonly { name: string; images: number }[]): Finding[] {
  const numbers = new Set(classes.map(({ name }) => Number(name)));
  const isCoded = classes.length === 3 && [-1, 0, 1].every((value) => numbers.has(value));
  const uncertain = classes.find(({ name }) => Number(name) === -1);
  if (!isCoded || !uncertain) return [];
  return [
    findingOf('UNCERTAIN_LABELS', `${plural(uncertain.images, 'image')} labelled "${uncertain.name}" beside 0 and 1: tables such as that of CheXpert write so where the finding is uncertain, and it is a class of its own here. Leave it out (\`--leave-out=${uncertain.name}\`), join it with another (\`--join ${uncertain.name}=1\`), or accept it as a class.`), // prettier-ignore
  ];
}

export const uncertainLabels: Notice = ({ labelling }, classes) => (labelling.names ? [] : uncertainOf(classes));
