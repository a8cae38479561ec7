import { graphParameters, sizeOf } from '../../src-main/backbone/parameters.ts';
import { backbones, type Backbone } from '../../src-main/backbone/zoo/index.ts';

/** Its operations, each with all its attributes but how many features it makes, said once. */
function operationsOf({ build }: Backbone): string {
  const operations = build().nodes.map(({ op, attributes }) => {
    const { filters: _f, units: _u, channels: _c, groups = 1, ...rest } = attributes as Record<string, unknown>;
    return JSON.stringify([op, rest, groups !== 1]);
  });
  return [...new Set(operations)].sort().join('\n');
}

const parametersOf = ({ build, input }: Backbone): number =>
  graphParameters(build(), { height: input, width: input }).reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Of all networks that consist of the same operations, more or fewer of them, wider or narrower, the smallest. */
export const oneOfEachKind: readonly Backbone[] = [...Map.groupBy(backbones, operationsOf).values()].map(
  (alike) => alike.toSorted((a, b) => parametersOf(a) - parametersOf(b))[0]!,
);
