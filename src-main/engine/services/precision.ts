import type { Handlers } from '../../contract/index.ts';
import { precisionOf } from '../metrics/precision.ts';

export const precisionHandlers = (): Pick<Handlers, 'plan.precision'> => ({
  'plan.precision': (input) => precisionOf(input),
});
