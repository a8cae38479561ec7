import type { Command } from 'commander';
import { cutNodes } from '../../backbone/cuts.ts';
import { findBackbone } from '../../backbone/zoo/index.ts';
import type { CutCurves } from '../../contract/cutCurves.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { counted, metric, orNone } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

export function addCuts(program: Command): void {
  program
    .command('cuts')
    .argument('<backbone>', 'name, as `cutpoint backbones` lists it')
    .option('--data <dir>', 'only what was measured on images in this folder')
    .action((backbone: string, { data }: { data?: string }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const input = { backbone, ...(data !== undefined && { folder: pathOf(data) }) };
        const curves = await client.call('backbone.curves', input, { signal });
        output.result(curves, () => describe(curves));
      }),
    );
}

/** A row for each cut at which something was measured, with the newest of each kind and the best run. */
function describe({ backbone, probes, similarities, runs }: CutCurves): string {
  const [probe] = probes;
  const [similarity] = similarities;
  const network = findBackbone(backbone);
  const rows = cutNodes(network.withDense?.() ?? network.build()).flatMap(({ name }) => {
    const probed = probe?.points.find(({ cut }) => cut === name);
    const similar = similarity?.points.find(({ cut }) => cut === name);
    const here = runs.filter(({ cut }) => cut === name);
    if (!probed && !similar && here.length === 0) return [];
    const [low, high] = probed?.interval ?? [];
    return [
      [
        name,
        probed
          ? `${metric(probed.auroc)}${low === undefined ? '' : ` (${metric(low)} to ${metric(high!)})`}`
          : orNone(null),
        probed?.logMe?.toFixed(3) ?? orNone(null),
        similar ? `${metric(similar.svcca)} (random ${metric(similar.random)})` : orNone(null),
        here.length === 0 ? orNone(null) : metric(Math.max(...here.map(({ auroc }) => auroc))),
        here.length === 0 ? '' : counted(here.length, 'run'),
      ],
    ];
  });
  if (rows.length === 0) return `Nothing was measured of ${backbone} yet: \`cutpoint probe\` is the quickest.`;
  return paragraphs(
    table(
      [
        { title: 'Cut' },
        { title: 'Probe AUROC', align: 'right' },
        { title: 'LogME', align: 'right' },
        { title: 'SVCCA', align: 'right' },
        { title: 'Best validation AUROC', align: 'right' },
        { title: '' },
      ],
      rows,
    ),
    probe &&
      `Probe: ${counted(probe.images, 'image')}, ${probe.folds} folds; in brackets the 95 % interval of their mean.`,
    similarity && `SVCCA: the layers of run ${similarity.run} before against after training.`,
  );
}
