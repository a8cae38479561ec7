import type { Handlers } from '../../../contract/index.ts';
import type { Workspace } from '../../store/workspace.ts';
import { checkMaps } from './check.ts';
import { visualiseFilters } from './filters.ts';
import { localise } from './localise.ts';
import { explainPictures } from './map.ts';

export function explainHandlers(workspace: Workspace): Pick<Handlers, Extract<keyof Handlers, `explain.${string}`>> {
  return {
    'explain.map': (input, call) => explainPictures(workspace, input, call),
    'explain.check': (input, call) => checkMaps(workspace, input, call),
    'explain.localise': (input, call) => localise(workspace, input, call),
    'explain.filters': (input, call) => visualiseFilters(workspace, input, call),
  };
}
