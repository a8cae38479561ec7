import { CutpointError } from '../../../contract/errors.ts';
import type { Evaluation } from '../../../contract/evaluation.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import type { SubgroupBy } from '../../../contract/subgroups.ts';
import { isMultiLabel } from '../../../contract/task/index.ts';
import type { Sources } from '../ask.ts';

/** Columns that a reviewer asks for. Of others nobody knows whether their values tell whose the images are. */
const ASKED =
  /^(patient[ _-]?)?(age|sex|gender|ethnicity|race|site|cent(er|re)|hospital|scanner|manufacturer|device|stain|view|body[ _-]?part|locali[sz]ation|grade|stage)\b/i;
/** More labels than these would fill pages. */
export const MOST_LABELS = 12;
/** Names of these places may tell whose images they are. */
const PLACES = /site|cent(er|re)|hospital/i;

/** What the images are divided by, in words. */
export const titleOf = (by: SubgroupBy): string => (by.kind === 'column' ? by.name : by.value.replaceAll('-', ' '));

/** What the images of a part can be divided by, as far as a report tells it: other values may say whose the images are. */
export async function askedOf(
  ask: Sources['ask'],
  { id, plan, classes }: RunSummary,
  part: 'validation' | 'test',
): Promise<SubgroupBy[]> {
  const choices = await ask('run.subgroupChoices', { id, part });
  // A label that is called as such a column is none.
  const isLabel = (name: string): boolean => isMultiLabel(plan) && classes.includes(name);
  return choices.filter((by) => by.kind === 'header' || (ASKED.test(by.name) && !isLabel(by.name)));
}

/** Whether its values are told as numbers. Headers are by then. */
export const isPlace = (by: SubgroupBy): boolean => by.kind === 'column' && PLACES.test(by.name);

/** Figures by age, sex, scanner and the like, as far as tables or headers beside the images say. */
export async function subgroupsOf(
  { ask, signal }: Pick<Sources, 'ask' | 'signal'>,
  run: RunSummary,
  on: Evaluation['on'],
): Promise<StudyReport['subgroups']> {
  if (on === 'data') return [];
  const found: StudyReport['subgroups'] = [];
  const labels = isMultiLabel(run.plan) ? run.classes.slice(0, MOST_LABELS).map((label) => ({ label })) : [{}];
  const asked = await askedOf(ask, run, on);
  for (const [by, label] of asked.flatMap((by) => labels.map((label) => [by, label] as const))) {
    signal.throwIfAborted();
    try {
      const { run: _, by: __, ...told } = await ask('run.subgroups', { id: run.id, part: on, by, ...label });
      const title = titleOf(by);
      const name = (value: string) =>
        isPlace(by) ? `${told.subgroups.findIndex((each) => each.value === value) + 1}` : value;
      found.push({
        ...{ ...told, by: title },
        subgroups: told.subgroups.map((each) => ({ ...each, value: name(each.value) })),
        gaps: told.gaps.map((gap) => ({ ...gap, highest: name(gap.highest), lowest: name(gap.lowest) })),
      });
    } catch (thrown) {
      // A column with one value, or too many, or that says the class, divides nothing.
      if (CutpointError.from(thrown).kind !== 'user') throw thrown;
    }
  }
  return found;
}
