import type { CatalogueEntry } from '../contract/catalogue.ts';
import type { SourceSummary } from '../contract/source.ts';
import { summarise } from './inspect.ts';
import { suggestedNetwork } from './suggest.ts';
import { backbones, findBackbone } from './zoo/index.ts';

/** What somebody looks for a network for. */
export const PURPOSES = ['recommended', 'weights', 'small', 'medical', 'all'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A fact that speaks for a network; words are for whoever shows it. */
export type Reason =
  /** Weights for it lie in the workspace, under these names. */
  | { kind: 'weights'; sources: string[] }
  /** The network of the two-dimensional experiments of Peng et al. 2023 (appendix A.1). */
  | { kind: 'paper-default' }
  /** One of three sizes of network that they cut (appendix B.1). */
  | { kind: 'paper-compared'; size: 'mid' | 'small' }
  /** So many sets of weights trained on medical images are in the catalogue. */
  | { kind: 'medical'; entries: number }
  /** Its parameters and multiply-accumulates for an image of its own size. */
  | { kind: 'small'; parameters: number; macs: number };

export interface NetworkOffer {
  backbone: string;
  /** The strongest first. */
  reasons: Reason[];
}

interface Known {
  sources: readonly SourceSummary[];
  catalogue: readonly Pick<CatalogueEntry, 'id' | 'bundled' | 'backbone' | 'domain'>[];
}

/** The networks whose cuts were measured in Peng et al. 2023, under torchvision's names. */
const MEASURED: Readonly<Record<string, Reason>> = {
  resnet50: { kind: 'paper-default' },
  densenet121: { kind: 'paper-compared', size: 'mid' },
  efficientnet_b0: { kind: 'paper-compared', size: 'small' },
};

/** Most parameters and multiply-accumulates of a small network: an image takes milliseconds on a processor. */
const SMALL = { parameters: 5e6, macs: 400e6 };

const RULES: Record<Purpose, (known: Known) => string[]> = {
  recommended({ sources, catalogue }) {
    const first = suggestedNetwork(sources, catalogue).backbone;
    // The same network under the names of the library whose weights are here.
    const asHere = (name: string): string =>
      [name, `${name}_keras`].find((variant) => sources.some(({ backbone }) => backbone === variant)) ?? name;
    return [...new Set([first, ...Object.keys(MEASURED).map(asHere)])];
  },
  weights: ({ sources }) => names().filter((name) => sources.some(({ backbone }) => backbone === name)),
  small: () =>
    backbones
      .map(summarise)
      .filter(({ parameters, macs }) => parameters <= SMALL.parameters && macs <= SMALL.macs)
      .sort((a, b) => a.macs - b.macs)
      .map(({ name }) => name),
  medical: ({ catalogue }) =>
    names().filter((name) => catalogue.some(({ backbone, domain }) => backbone === name && domain === 'medical')),
  all: () => names().sort((a, b) => findBackbone(a).title.localeCompare(findBackbone(b).title, 'en')),
};

const names = (): string[] => backbones.map(({ name }) => name);

/** The networks for a purpose, the first to look at first, each with what speaks for it. */
export const networksFor = (purpose: Purpose, known: Known): NetworkOffer[] =>
  RULES[purpose](known).map((backbone) => ({ backbone, reasons: reasonsFor(backbone, known) }));

function reasonsFor(backbone: string, { sources, catalogue }: Known): Reason[] {
  const own = sources.filter((source) => source.backbone === backbone).map(({ name }) => name);
  const measured = MEASURED[backbone.replace(/_keras$/, '')];
  const entries = catalogue.filter((entry) => entry.backbone === backbone && entry.domain === 'medical').length;
  const { parameters, macs } = summarise(findBackbone(backbone));
  return [
    ...(own.length > 0 ? [{ kind: 'weights' as const, sources: own }] : []),
    ...(measured ? [measured] : []),
    ...(entries > 0 ? [{ kind: 'medical' as const, entries }] : []),
    ...(parameters <= SMALL.parameters && macs <= SMALL.macs ? [{ kind: 'small' as const, parameters, macs }] : []),
  ];
}
