import type { Graph } from '../graph.ts';
import type { Classifier } from '../head.ts';
import type { ImageSize } from '../shapes.ts';

/** What a strategy makes of a backbone. */
export interface Trunk {
  /** The layers below the head. */
  graph: Graph;
  /** The last node that is not trained, nor any before it: its output never changes. Null: all layers are trained. */
  frozen: string | null;
  /** Nodes whose weights start at random even where there are pretrained ones. */
  fresh: readonly string[];
}

export interface Cut {
  /** Without one, the cut is the end of the backbone. */
  needed: boolean;
  /** What it is to the strategy, for help texts: `the last frozen layer`. */
  is: string;
  /** What becomes of a network with this cut, in a few words: `frozen up to layer3.5`. */
  at(cut: string): string;
  /** What becomes of the layers after it. */
  after: 'removed' | 'slimmed' | 'kept';
}

/** A strategy under the name by which it is compared, and the settings of the plan that the name stands for. */
export interface Compared {
  /** Left out: those of the strategy itself. */
  title?: string;
  abbreviation?: string;
  summary?: string;
  /** Left out: pretrained, and softmax. */
  initialisation?: 'mean-var' | 'random';
  classifier?: Exclude<Classifier, 'softmax'>;
}

/**
 * A way to make a classifier of a pretrained backbone. All that the program knows of one is its row: a strategy is added
 * by a file like those beside this one, and by its name in `index.ts`.
 */
export interface StrategyRow {
  title: string;
  /** As in Peng et al. 2023, table 1, where it is there. */
  abbreviation: string;
  /** What it does to the network, in a sentence; and which layers it fine-tunes, in a few words for help texts. */
  summary: string;
  brief: string;
  /** Null: it takes the backbone as a whole. */
  cut: Cut | null;
  /** Whether layers are trained by gradient descent; if not, it needs a classifier that is fitted without. */
  fineTunes: boolean;
  /** Learning rate of the layers below the head as a share of that of the head, where a plan does not say. */
  backboneRate: number;
  /**
   * @param whole the backbone with all its layers
   * @param cut one of its nodes, where the strategy takes one; its last where none was given
   * @param image of the size that the backbone was published for
   * @throws CutpointError CUT_UNKNOWN, STRATEGY_UNSUPPORTED
   */
  build(whole: Graph, cut: string, image: ImageSize): Trunk;
  /** By name; the strategy as such first. */
  compared: Record<string, Compared>;
}
