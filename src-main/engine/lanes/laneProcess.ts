import { parseArgs } from 'node:util';
import { CutpointError } from '../../contract/errors.ts';
import { keepFilesPrivate } from '../../userFiles.ts';
import { runEngine } from '../host/runEngine.ts';
import { LANES } from './methods.ts';

keepFilesPrivate();

const { values } = parseArgs({ options: { workspace: { type: 'string' }, lane: { type: 'string' } } });

// Imported here, so that a native library that does not load is a startup error the parent hears of.
await runEngine(async ({ parent }) => {
  const lane = LANES.find((name) => name === values.lane);
  if (!values.workspace || !lane) throw new CutpointError('INPUT_INVALID', 'Started without --workspace or --lane.');
  const { openLaneServices } = await import('./laneServices.ts');
  return openLaneServices(lane, values.workspace, parent);
});
