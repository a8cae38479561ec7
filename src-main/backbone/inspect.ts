import type { BackboneSummary, Inspection } from '../contract/backbone.ts';
import { count } from './count.ts';
import { cutPoints } from './cuts.ts';
import { truncate } from './truncate.ts';
import type { Backbone } from './zoo/backbone.ts';

/**
 * What a backbone is, and what is left of it at a cut: parameters and multiply-accumulates of the truncated backbone
 * without its head, for square images of `input` pixels; parameters are the trainable ones.
 * @throws CutpointError CUT_UNKNOWN, INPUT_TOO_SMALL
 */
export function inspect(
  backbone: Backbone,
  { cut, classes, input }: { cut?: string | undefined; classes: number; input: number },
): Inspection {
  const graph = backbone.build();
  const image = { height: input, width: input };
  return {
    backbone: backbone.name,
    input,
    classes,
    ...(cut === undefined ? {} : { cut }),
    ...count(cut === undefined ? graph : truncate(graph, cut), image),
    cuts: cutPoints(graph, image),
  };
}

/** The row of `backbone.list`: parameters and multiply-accumulates at the backbone's own input size. */
export function summarise(backbone: Backbone): BackboneSummary {
  const { name, title, family, dialect, paper, input } = backbone;
  const image = { height: input, width: input };
  return { name, title, family, dialect, paper, input, ...count(backbone.build(), image) };
}
