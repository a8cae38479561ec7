import { Option, type Command } from 'commander';
import type { OutputOf } from '../../contract/index.ts';
import { COMMON_PREPROCESSING, type CommonPreprocessing } from '../../contract/preprocessing.ts';
import type { ImportReport } from '../../contract/source.ts';
import { withEngine } from '../session.ts';
import { addSourceLineage } from './sourceLineage.ts';
import { addSourceShow } from './sourceShow.ts';
import { addSourceTrain } from './sourceTrain.ts';
import { facts, paragraphs, table } from '../text/table.ts';
import { bytes, counted, whole } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

const FILE = 'PyTorch .pth, safetensors, Keras .h5 or .keras, ONNX, or the model.json of a TensorFlow.js layers model';

/** Names of a kind that the text lists; `--json` gives all. */
const LISTED = 8;

const WEIGHTS =
  'which copy of the network, where a file holds several, by its name in the report: averaged weights (EMA) beside raw ' +
  'ones, a teacher beside its student (default: the first in the file)';

interface AddOptions {
  backbone?: string;
  weights?: string;
  name: string;
  partial?: true;
  catalogue?: string;
  expects?: CommonPreprocessing;
}

export function addSource(program: Command): void {
  const source = program.command('source');
  addSourceTrain(source);
  addSourceShow(source);
  addSourceLineage(source);
  source
    .command('inspect')
    .description('what a file of weights holds, which networks it fits completely, and what is missing; adds nothing')
    .argument('<file>', FILE)
    .option('--backbone <name>', 'compare with this network (default: the one that fits best)')
    .option('--weights <name>', WEIGHTS)
    .action((file: string, options: { backbone?: string; weights?: string }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const inspected = await client.call('source.inspect', { file: pathOf(file), ...options }, { signal });
        output.result(inspected, () => describeInspected(inspected));
      }),
    );
  source
    .command('add')
    .description(
      'copy the weights of a file into the workspace; refused unless every parameter of the backbone is there',
    )
    .argument('<file>', FILE)
    .option('--backbone <name>', 'network that the weights belong to (default: the only one that they fit completely)')
    .option('--weights <name>', WEIGHTS)
    .requiredOption('--name <name>', 'name for `--source`')
    .option('--partial', 'take what fits: parameters that are missing or of another shape start at random values')
    .option('--catalogue <id>', 'catalogue entry of the file; its checksum is compared')
    .addOption(
      new Option(
        '--expects <pictures>',
        'pixel values that the weights expect, if not those stated in the catalogue or those of the backbone’s published weights: ' +
          'ImageNet mean and deviation, or values from -1 to 1, 0 to 1, 0 to 255',
      ).choices(Object.keys(COMMON_PREPROCESSING)),
    )
    .action((file: string, { expects, ...options }: AddOptions, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const expected = expects && { preprocessing: COMMON_PREPROCESSING[expects].values };
        const input = { file: pathOf(file), ...options, ...expected };
        const added = await client.call('source.add', input, { signal });
        output.result(added, () => describeAdded(added));
      }),
    );
}

function describeInspected({ file, bytes: size, report, ...found }: OutputOf<'source.inspect'>): string {
  const total = report.matched.length + report.missing.length + report.mismatched.length;
  return paragraphs(
    facts([
      ['File', file],
      ['Format', `${report.format}, ${bytes(size)}, ${counted(found.tensors, 'tensor')}`],
      ['Looks like', found.looksLike ?? 'nothing that Cutpoint knows'],
      ['Fits completely', found.candidates.length === 0 ? 'no network' : found.candidates.join(', ')],
      ['Compared with', found.backbone ?? 'no network: no name fits'],
      ...aboutFile(report),
    ]),
    found.backbone !== null &&
      paragraphs(`${whole(report.matched.length)} of ${whole(total)} parameters match.`, reportTable(report)),
  );
}

function describeAdded({ source, report }: OutputOf<'source.add'>): string {
  return paragraphs(
    facts([
      ['Source', source.name],
      ['Backbone', source.backbone],
      ['Format', `${source.format}, ${bytes(source.bytes)}`],
      ['Matched', `${whole(report.matched.length)} arrays by name, ${whole(source.parameters)} parameters`],
      ...(source.missing > 0
        ? [['Missing', `${counted(source.missing, 'array')}, at random values in every run`] as const]
        : []),
      ...aboutFile(report),
      ['SHA-256', source.sha256],
    ]),
    reportTable(report),
  );
}

/** What a person has to know of a file beside how it fits. */
function aboutFile({ weights, copies, objects, constant, matched, dense }: ImportReport): [string, string][] {
  const rest = copies.filter((name) => name !== weights);
  const named = objects.slice(0, LISTED).join(', ') + (objects.length > LISTED ? ', …' : '');
  return [
    ...(dense.length > 0
      ? [['Dense layers', `with those that are cuts: ${dense.join(', ')}`] as [string, string]]
      : []),
    ...(rest.length > 0
      ? [['Weights', `${weights}; the file also holds ${rest.join(', ')}: choose with --weights`] as [string, string]]
      : []),
    ...(objects.length > 0 ? [['Beside them', `${named}: treated as data, nothing was run`] as [string, string]] : []),
    ...(constant.length > 0
      ? [
          [
            'Constant',
            `${counted(constant.length, 'kernel')} of ${counted(matched.length, 'array')} hold a single value, as if never trained, or wiped: ${constant.slice(0, 2).join(', ')}${constant.length > 2 ? ', …' : ''}`,
          ] as [string, string],
        ]
      : []),
  ];
}

/** What is not simply matched, name by name. */
function reportTable({ missing, mismatched, adapted, unexpected, ignored }: ImportReport): string {
  const shape = (lengths: readonly number[]) => lengths.join(' × ');
  const rows = [
    ...some(
      'missing',
      missing.map((name) => [name]),
    ),
    ...some(
      'another shape',
      mismatched.map(({ name, expected, found }) => [name, `${shape(found)}, not ${shape(expected)}`]),
    ),
    ...some(
      'adapted',
      adapted.map(({ name, from, to }) => [name, `from ${counted(from, 'input channel')} to ${to}`]),
    ),
    ...some(
      'unexpected',
      unexpected.map((name) => [name]),
    ),
    ...some(
      'left out',
      ignored.map((name) => [name]),
    ),
  ];
  return rows.length === 0 ? '' : table([{ title: 'Fit' }, { title: 'Tensor' }, { title: 'Shape' }], rows);
}

function some(kind: string, names: readonly (readonly string[])[]): string[][] {
  const rest = names.length - LISTED;
  return [
    ...names.slice(0, LISTED).map((cells) => [kind, ...cells]),
    ...(rest > 0 ? [[kind, `and ${whole(rest)} more`]] : []),
  ];
}
