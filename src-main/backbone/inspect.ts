import type { BackboneSummary, Inspection } from '../contract/backbone.ts';
import { withChannels } from './channels.ts';
import { count } from './count.ts';
import { cutPoints } from './cuts.ts';
import { graphAt, graphWith } from './dense.ts';
import { receptiveFields } from './receptiveField.ts';
import { truncate } from './truncate.ts';
import { libraryOf, type Backbone } from './zoo/backbone.ts';

/**
 * What a backbone is, and what is left of it at a cut: parameters and multiply-accumulates of the truncated backbone
 * without its head, for square images of `input` pixels, grey where they have one channel; parameters are the trainable ones.
 * @throws CutpointError CUT_UNKNOWN, INPUT_TOO_SMALL, INPUT_INVALID for a cut in dense layers that the images do not fit
 */
export function inspect(
  backbone: Backbone,
  { cut, classes, input, channels = 3 }: { cut?: string | undefined; classes: number; input: number; channels?: 1 | 3 },
): Inspection {
  const image = { height: input, width: input };
  const graph = withChannels(graphAt(backbone, image), channels);
  const fields = receptiveFields(graph, image);
  const cuts = cutPoints(graph, image).map((cut) => ({ ...cut, receptiveField: fields.get(cut.name) ?? null }));
  const kept = graphWith(backbone, cut, image);
  const end = (cut === undefined ? kept : truncate(kept, cut)).nodes.at(-1)!.name;
  const { parameters, macs } = cuts.find(({ name }) => name === end)!;
  return {
    backbone: backbone.name,
    input,
    classes,
    ...(cut === undefined ? {} : { cut }),
    parameters,
    macs,
    cuts,
  };
}

/** The row of `backbone.list`: parameters and multiply-accumulates at the backbone's own input size. */
export function summarise(backbone: Backbone): BackboneSummary {
  const { name, title, family, dialect, paper, input } = backbone;
  const image = { height: input, width: input };
  return {
    name,
    title,
    family,
    dialect,
    library: libraryOf(backbone),
    paper,
    input,
    ...count(backbone.build(), image),
  };
}
