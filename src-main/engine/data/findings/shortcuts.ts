import { findingOf } from '../../../contract/findings.ts';
import { wordsFor } from '../../../contract/groups.ts';
import { isWorthAWarning, PREDICTORS, type Predictor } from '../../../contract/shortcuts.ts';
import { confounders } from './confounders.ts';
import type { Notice } from './scanned.ts';

/** Who says already that each value goes with one class only. */
const SAID: Readonly<Partial<Record<Predictor, string>>> = {
  scanner: 'LABEL_IS_SCANNER',
  size: 'LABEL_IS_SIZE',
  storage: 'LABEL_IS_FORMAT',
};

/** What predicts the label without a look at what is imaged, with the figures. */
export const shortcuts: Notice = (found, classes) => {
  if (!found.shortcuts) return [];
  const { found: tried } = found.shortcuts;
  const said = new Set(confounders(found, classes).map(({ code }) => code));
  const told = tried.filter((each) => isWorthAWarning(each) && !said.has(SAID[each.by] ?? ''));
  if (told.length === 0) return [];
  const each = told.map(({ by, auroc, low, high }) => {
    const [value, from, to] = [auroc, low, high].map((figure) => figure.toFixed(2));
    return `${PREDICTORS[by]} with an AUROC of ${value} (${from} to ${to})`;
  });
  const { one } = wordsFor(found.groups.grouping);
  const message = `Without a look at the whole image, the class is predicted by ${each.join('; ')}, cross-validated by ${one}; the intervals hold together for all that was tried. Unless what is sought shows there itself, a network can learn that in its place: crop borders, take sites and scanners apart, or test on a site of its own.`;
  return [findingOf('SHORTCUT', message)];
};
