import { parseArgs } from 'node:util';
import { CutpointError } from '../contract/errors.ts';
import { keepFilesPrivate } from '../userFiles.ts';
import { openDoor } from './host/door.ts';
import { runEngine } from './host/runEngine.ts';

keepFilesPrivate();

const { values } = parseArgs({ options: { workspace: { type: 'string' } } });

// Imported here, so that a native library that does not load is a startup error the parent hears of.
await runEngine(async ({ beginAnew }) => {
  if (!values.workspace) throw new CutpointError('INPUT_INVALID', 'The engine was started without --workspace.');
  const { openServices } = await import('./services/index.ts');
  const services = await openServices({ workspace: values.workspace, beginAnew });
  const door = await openDoor(values.workspace, services.handlers);
  return {
    ...services,
    handlers: {
      ...services.handlers,
      'system.alone': door.alone,
      'storage.erase': (input, call) => {
        if (door.others > 0 && !input.dryRun)
          throw new CutpointError('IN_USE', 'Another program works with this workspace.', {
            remedy: 'Nothing was removed. End the commands that run in a terminal, and erase the workspace then.',
          });
        return services.handlers['storage.erase'](input, call);
      },
    },
    async close() {
      await door.close();
      await services.close();
    },
  };
});
