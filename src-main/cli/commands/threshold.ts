import { Option, type Command } from 'commander';
import { CutpointError } from '../../contract/errors.ts';
import type { Operating } from '../../contract/operating.ts';
import { operatingRule, type OperatingRule } from '../../contract/runChoices.ts';
import { NumericOption } from '../options/numeric.ts';
import { addPartOptions, partOf, type PartOptions } from '../options/part.ts';
import { prevalence } from '../options/prevalence.ts';
import { withEngine } from '../session.ts';
import { describeOperating } from '../text/operating.ts';

interface Options extends PartOptions {
  rule?: OperatingRule['kind'];
  target?: number;
  ratio?: number;
  threshold?: number;
  class?: string;
  keep: boolean;
  forget: boolean;
  prevalence?: number;
}

const [, bySensitivity, , byCost, fixed] = operatingRule.options;
const KINDS = operatingRule.options.map(({ shape }) => shape.kind.value);

export function addThreshold(program: Command): void {
  const command = program
    .command('threshold')
    .argument('<id>', 'run, as `cutpoint runs` lists it')
    .addOption(new Option('--rule <how>', 'by what it is chosen on the validation images').choices(KINDS))
    .addOption(
      new NumericOption('--target <share>', 'with --rule sensitivity or specificity: at least this share', {
        one: bySensitivity.shape.target,
      }),
    )
    .addOption(
      new NumericOption('--ratio <n>', 'with --rule cost: so many false alarms cost as much as one missed positive', {
        one: byCost.shape.ratio,
      }),
    )
    .addOption(new NumericOption('--threshold <p>', 'with --rule fixed: the threshold', { one: fixed.shape.threshold }))
    .option('--class <name>', 'of more than two classes, or of several labels, the one that is told from the others')
    .option('--keep', 'keep it with the run: exports, cards and predictions go by it', false)
    .option('--forget', 'take back what is kept', false)
    .addOption(prevalence('share of the class where the model is to be used, for PPV and NPV there'))
    .addHelpText(
      'after',
      '\nA threshold is chosen on the validation images only. --part test and --dataset show what the kept one does elsewhere.',
    );
  addPartOptions(command).action((id: string, options: Options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const part = partOf(options);
      const rule = ruleOf(options);
      const named = options.class === undefined ? {} : { positive: options.class };
      let found: Operating;
      if (options.keep || options.forget) {
        if (options.forget === options.keep || (options.keep && rule === undefined)) throw needed('--keep takes a --rule, --forget takes none.'); // prettier-ignore
        found = await client.call('run.operate', { id, rule: rule ?? null, ...named }, { signal });
      } else {
        found = await client.call('run.operating', { id, part, ...(rule && { rule }), ...named }, { signal });
      }
      output.result(found, () => describeOperating(found, options.prevalence ?? null));
    }),
  );
}

/** @throws CutpointError INPUT_INVALID where a rule lacks its number */
function ruleOf({ rule: kind, target, ratio, threshold }: Options): OperatingRule | undefined {
  if (kind === undefined) {
    if (target === undefined && ratio === undefined && threshold === undefined) return undefined;
    throw needed('A number needs its rule: --rule.');
  }
  if (kind === 'youden') return { kind };
  if (kind === 'cost') return ratio === undefined ? lacking(kind, '--ratio') : { kind, ratio };
  if (kind === 'fixed') return threshold === undefined ? lacking(kind, '--threshold') : { kind, threshold };
  return target === undefined ? lacking(kind, '--target') : { kind, target };
}

function lacking(kind: string, option: string): never {
  throw needed(`--rule ${kind} needs ${option}.`);
}

const needed = (message: string): CutpointError =>
  new CutpointError('INPUT_INVALID', message, { remedy: '`cutpoint threshold --help` says what each rule takes.' });
