import { Option, type Command } from 'commander';
import { labelPolicy, type LabelPolicy } from '../../contract/data.ts';
import { CutpointError } from '../../contract/errors.ts';
import { LABEL_GROUPS } from '../../contract/labelGroups.ts';
import { defined, type DataSelectionInput, type LabelOptions } from './data.ts';

type Multi = NonNullable<NonNullable<DataSelectionInput['labels']>['multi']>;

/** How a table says which of several labels an image has. */
export function addSeveralLabelOptions(command: Command): Command {
  return command
    .option(
      '--label-columns <columns...>',
      'columns of the CSV, one for each label that an image may have beside others: 1, 0, uncertain (-1) or empty',
    )
    .addOption(
      new Option('--label-group <name>', 'in place of --label-columns, those of a group of findings of CheXpert (Peng et al. 2023, table 4)').choices(LABEL_GROUPS.map(({ name }) => name)), // prettier-ignore
    )
    .option('--label-separator <text>', 'between the labels in one cell, with `--several-labels each` (default: "|")')
    .addOption(
      new Option('--uncertain <policy>', 'what uncertain values in --label-columns count as; ignore: nothing is known (default: ignore)').choices(labelPolicy.options), // prettier-ignore
    )
    .addOption(
      new Option('--empty <policy>', 'what empty values count as (default: zeros in --label-columns; an empty cell in place of labels says nothing)').choices(labelPolicy.options), // prettier-ignore
    )
    .option('--label-policy <rules...>', 'the same for single labels, as in `"Edema=uncertain:ones"`');
}

/** @throws CutpointError INPUT_INVALID */
export function severalLabelsOf(options: LabelOptions): Multi | undefined {
  const { labelColumns, labelGroup, labelSeparator, severalLabels, uncertain, empty, labelPolicy: rules } = options;
  const columns = labelColumns ?? LABEL_GROUPS.find(({ name }) => name === labelGroup)?.labels;
  if (columns === undefined && severalLabels !== 'each') {
    const [stray] = Object.entries({ '--label-separator': labelSeparator, '--uncertain': uncertain, '--empty': empty, '--label-policy': rules }).find(([, value]) => value !== undefined) ?? []; // prettier-ignore
    if (stray === undefined) return undefined;
    throw new CutpointError('INPUT_INVALID', `${stray} says how several labels of an image are read, and there is one class an image.`, {
      remedy: 'Name the columns with --label-columns, or choose `--several-labels each`.',
    }); // prettier-ignore
  }
  return {
    ...(columns && { columns: [...columns] }),
    ...defined({
      separator: labelSeparator,
      uncertain: uncertain as LabelPolicy | undefined,
      empty: empty as LabelPolicy | undefined,
      perLabel: rules && policies(rules),
    }),
  };
}

/** `Edema=uncertain:ones`. @throws CutpointError INPUT_INVALID */
function policies(rules: readonly string[]): NonNullable<Multi['perLabel']> {
  const found: NonNullable<Multi['perLabel']> = {};
  for (const rule of rules) {
    const [, name, what, policy] = /^(.+)=(uncertain|empty):(.+)$/.exec(rule) ?? [];
    const parsed = labelPolicy.safeParse(policy);
    if (name === undefined || what === undefined || !parsed.success) {
      throw new CutpointError('INPUT_INVALID', `--label-policy: '${rule}' does not say what values of a label count as.`, {
        remedy: `Write it as \`"Edema=uncertain:ones"\`; there are ${labelPolicy.options.join(', ')}.`,
      }); // prettier-ignore
    }
    found[name] = { ...found[name], [what]: parsed.data };
  }
  return found;
}
