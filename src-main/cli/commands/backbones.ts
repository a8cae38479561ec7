import { Option, type Command } from 'commander';
import { summarise } from '../../backbone/inspect.ts';
import { networksFor, PURPOSES, type NetworkOffer, type Purpose, type Reason } from '../../backbone/purpose.ts';
import { ENCODERS } from '../../backbone/unet/names.ts';
import { backbones, findBackbone } from '../../backbone/zoo/index.ts';
import type { BackboneSummary } from '../../contract/backbone.ts';
import { knownTo, outputOf, withEngine } from '../session.ts';
import { paragraphs, table, type Column } from '../text/table.ts';
import { counted, scaled } from '../text/units.ts';

/** Needs no engine, unless it is asked what speaks for which: it works while a window has the workspace open. */
export function addBackbones(program: Command): void {
  program
    .command('backbones')
    .addOption(new Option('--for <name>', 'those for a purpose, with what speaks for each').choices(PURPOSES))
    .action(({ for: purpose }: { for?: Purpose }, command: Command) => {
      if (purpose === undefined) {
        const list = backbones.map(summarise);
        return outputOf(command).result(list, () =>
          paragraphs(
            listed(list, { title: 'Paper' }, ({ paper }) => paper),
            `Networks for masks, which \`cutpoint inspect\` shows and this version does not train: ${Object.keys(ENCODERS).join(', ')}.`,
          ),
        );
      }
      return withEngine(command, async ({ client, output }) => {
        const offers = networksFor(purpose, await knownTo(client));
        output.result(offers, () => offered(offers));
      });
    });
}

function offered(offers: readonly NetworkOffer[]): string {
  if (offers.length === 0) return 'There are none: the workspace has no pretrained weights.';
  const reasons = new Map(offers.map((offer) => [offer.backbone, offer.reasons]));
  const list = offers.map(({ backbone }) => summarise(findBackbone(backbone)));
  return listed(list, { title: 'What speaks for it' }, ({ name }) => reasons.get(name)!.map(inWords).join('; '));
}

const WORDS: { [K in Reason['kind']]: (reason: Extract<Reason, { kind: K }>) => string } = {
  weights: ({ sources }) => `weights in the workspace (${sources.join(', ')})`,
  'paper-default': () => 'the network of the experiments of Peng et al. 2023',
  'paper-compared': ({ size }) => `the ${size}-size network that Peng et al. 2023 cut for comparison`,
  medical: ({ entries }) => `${counted(entries, 'set')} of weights from medical images in the catalogue`,
  small: () => 'small and fast',
};

const inWords = (reason: Reason): string => (WORDS[reason.kind] as (reason: Reason) => string)(reason);

function listed(list: readonly BackboneSummary[], last: Column, of: (row: BackboneSummary) => string): string {
  return table(
    [
      { title: 'Name' },
      { title: 'Title' },
      { title: 'Layer names of' },
      { title: 'Input', align: 'right' },
      { title: 'Parameters', align: 'right' },
      { title: 'MACs', align: 'right' },
      last,
    ],
    list.map((row) => [
      row.name,
      row.title,
      row.library,
      `${row.input} px`,
      scaled(row.parameters),
      scaled(row.macs),
      of(row),
    ]),
  );
}
