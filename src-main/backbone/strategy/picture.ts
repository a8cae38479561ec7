import { STRATEGIES, type StrategyName } from '../../contract/strategies.ts';
import { findBackbone } from '../zoo/index.ts';
import { strategies } from './index.ts';

/** What a strategy makes of a stretch of layers. */
export interface Stretch {
  /** `removed`, or what the layers start from. */
  layers: 'removed' | 'pretrained' | 'mean-var' | 'random';
  /** Whether they are trained; what is frozen never changes. */
  trained: boolean;
  /** Half of the channels are left. */
  halved: boolean;
}

/** A strategy as it can be drawn. */
export interface StrategyPicture {
  /** Up to the cut; without a cut, all layers. */
  before: Stretch;
  /** Null where the strategy takes the network as a whole. */
  after: Stretch | null;
  /** What classifies on top of it. */
  classifier: 'softmax' | 'svm';
}

/** A network on which strategies are tried out. */
const EXAMPLE = { backbone: 'resnet18', cut: 'layer2.1' };

/** What a strategy keeps, removes, freezes and starts afresh, seen from what it does to a network. */
export function strategyPicture(name: StrategyName): StrategyPicture {
  const { strategy, initialisation, classifier } = STRATEGIES[name].plan;
  const { cut, fineTunes, build } = strategies[strategy];
  const { build: network, input } = findBackbone(EXAMPLE.backbone);
  const whole = network();
  const end = cut === null ? whole.nodes.at(-1)!.name : EXAMPLE.cut;
  const trunk = build(whole, end, { height: input, width: input });
  const frozen = trunk.frozen === null ? -1 : trunk.graph.nodes.findIndex((node) => node.name === trunk.frozen);
  const at = trunk.graph.nodes.findIndex((node) => node.name === end);
  const behind = trunk.graph.nodes.slice(at + 1);
  const starts = { layers: initialisation, trained: fineTunes && frozen < at, halved: false };
  if (cut === null) return { before: starts, after: null, classifier };
  const after: Stretch =
    behind.length === 0
      ? { layers: 'removed', trained: false, halved: false }
      : {
          layers: behind.every((node) => trunk.fresh.includes(node.name)) ? 'random' : initialisation,
          trained: fineTunes,
          halved: cut.after === 'slimmed',
        };
  return { before: starts, after, classifier };
}
