import { summarise } from '../../backbone/inspect.ts';
import { inspectNamed } from '../../backbone/unet/inspect.ts';
import { backbones } from '../../backbone/zoo/index.ts';
import type { Handlers } from '../../contract/index.ts';

export function backboneHandlers(): Pick<Handlers, 'backbone.list' | 'backbone.inspect'> {
  return {
    'backbone.list': () => backbones.map(summarise),
    'backbone.inspect': ({ backbone, ...options }) => inspectNamed(backbone, options),
  };
}
