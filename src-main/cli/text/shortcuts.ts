import type { AuditReport } from '../../contract/data.ts';
import { groupingOf, wordsFor } from '../../contract/groups.ts';
import { isWorthAWarning, LEAST_TO_JUDGE, PREDICTORS } from '../../contract/shortcuts.ts';
import { table } from './table.ts';
import { capitalised, whole } from './units.ts';

/** What predicts the class without a look at the whole image; empty where that was not asked, as of one class. */
export function describeShortcuts({ shortcuts, classes, ...report }: AuditReport): string {
  if (!shortcuts) return '';
  const grouping = groupingOf(report);
  const { one, many } = wordsFor(grouping);
  const { images, groups } = LEAST_TO_JUDGE;
  const least = grouping === 'image' ? `${images} images` : `${images} images of ${groups} ${many}`;
  if (shortcuts.classes === 0)
    return `What predicts the class without the image: not judged, as fewer than two classes have ${least}.`;
  if (shortcuts.found.length === 0)
    return 'What predicts the class without the image: nothing that is known of the files differs among them.';
  const judged = shortcuts.classes < classes.length && `${shortcuts.classes} of ${classes.length} classes were large enough`; // prettier-ignore
  const said = [
    `Cross-validated by ${one} on ${whole(shortcuts.images)} images; 95 % intervals that hold together`,
    ...(judged ? [judged] : []),
    ...(shortcuts.found.some(({ high }) => high < 0.5)
      ? ['below 0.5, what holds for some does not hold for others']
      : []),
  ];
  return [
    table(
      [{ title: 'The class predicted by' }, { title: 'AUROC', align: 'right' }, { title: 'Interval' }, { title: '' }],
      shortcuts.found.map((each) => [
        capitalised(PREDICTORS[each.by]),
        each.auroc.toFixed(2),
        `${each.low.toFixed(2)} to ${each.high.toFixed(2)}`,
        isWorthAWarning(each) ? 'see below' : '',
      ]),
    ),
    `${said.join('; ')}.`,
  ].join('\n');
}
