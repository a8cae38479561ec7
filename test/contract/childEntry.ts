import { serve } from '../../src-main/rpc/server.ts';
import { processTransport } from '../../src-main/rpc/transports/childProcess.ts';
import { handlers, methods } from './handlers.ts';

serve(processTransport(process), handlers, { methods });
// A caller that goes away stops the calls; they may clean up before the process ends.
process.on('disconnect', () => setTimeout(() => process.exit(), 100));
