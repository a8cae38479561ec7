import type { Handlers } from '../../../contract/index.ts';
import type { Workspace } from '../../store/workspace.ts';
import { embedData } from './embed.ts';
import { measureData } from './measure.ts';

/** What is computed of data sets by a network. */
export function distanceHandlers(workspace: Workspace): Pick<Handlers, 'distance.embed' | 'distance.measure'> {
  return {
    'distance.embed': (input, call) => embedData(workspace, input, call),
    'distance.measure': (input, call) => measureData(workspace, input, call),
  };
}
