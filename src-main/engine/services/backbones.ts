import { inspect, summarise } from '../../backbone/inspect.ts';
import { backbones, findBackbone } from '../../backbone/zoo/index.ts';
import type { Handlers } from '../../contract/index.ts';

export function backboneHandlers(): Pick<Handlers, 'backbone.list' | 'backbone.inspect'> {
  return {
    'backbone.list': () => backbones.map(summarise),
    'backbone.inspect': ({ backbone, ...options }) => inspect(findBackbone(backbone), options),
  };
}
