import type { DataSelection } from '../../contract/data.ts';
import { findingOf, type Finding } from '../../contract/findings.ts';
import { listed, type LabelledFile, type Labelling } from './labels.ts';

/**
 * A labelling with what a person decided about it: files and classes left out, classes joined. Classes are named as the
 * folders or the table name them, also those that are joined. The report says what was decided.
 */
export function asChosen(
  labelling: Labelling,
  { leaveOut, join }: Pick<DataSelection, 'leaveOut' | 'join'>,
): Labelling & { leftOut: LabelledFile[] } {
  const files = new Set(leaveOut?.files);
  const classes = new Set(leaveOut?.classes);
  const names = new Map(Object.entries(join ?? {}));
  if (files.size + classes.size + names.size === 0) return { ...labelling, leftOut: [] };
  const isOut = ({ file, label }: LabelledFile) => files.has(file) || classes.has(label);
  const out = labelling.files.filter(isOut);
  const kept = labelling.files.filter((each) => !isOut(each));
  const joined = new Map([...names].filter(([name]) => kept.some(({ label }) => label === name)));
  return {
    ...labelling,
    files: kept.map((each) => ({ ...each, label: joined.get(each.label) ?? each.label })),
    problems: labelling.problems.filter(({ file }) => !files.has(file)),
    warnings: [...labelling.warnings, ...leavingOut(out, classes), ...joining(joined)],
    leftOut: out,
  };
}

function leavingOut(out: readonly LabelledFile[], classes: ReadonlySet<string>): Finding[] {
  if (out.length === 0) return [];
  const named = [...new Set(out.map(({ label }) => label))].filter((label) => classes.has(label));
  const single = out.filter(({ label }) => !classes.has(label)).length;
  const parts = [
    named.length > 0 &&
      `${named.length === 1 ? 'the class' : 'the classes'} ${listed(named.map((name) => `"${name}"`))}`,
    single > 0 && `${single} single ${single === 1 ? 'file' : 'files'}`,
  ].filter(Boolean);
  return [findingOf('LEFT_OUT', `As chosen, ${out.length} ${out.length === 1 ? 'file is' : 'files are'} left out: ${parts.join(' and ')}.`)]; // prettier-ignore
}

function joining(joined: ReadonlyMap<string, string>): Finding[] {
  return [...Map.groupBy(joined, ([, to]) => to)].map(([to, own]) => {
    const names = listed(own.map(([from]) => `"${from}"`));
    return findingOf('JOINED', `As chosen, images labelled ${names} are counted as "${to}".`);
  });
}
