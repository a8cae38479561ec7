import type { ComparisonResult } from '../../../contract/comparison/index.ts';
import type { RunSummary } from '../../../contract/run.ts';

type Opened = RunSummary['testOpened'];

/** What may be given of something, and whether there is more behind the seal. */
export interface Sealable<T> {
  given: T | null;
  sealed: boolean;
}

/** The rule of the seal: what was measured on test images is withheld until somebody has asked for it, and that it is there is said. */
export const underSeal = <T>(found: T | null, opened: Opened): Sealable<T> =>
  opened === null ? { given: null, sealed: found !== null } : { given: found, sealed: false };

/** The same of the result of a comparison. A search chooses by validation: no test figure is in its result. */
export const resultUnderSeal = (result: ComparisonResult | null, opened: Opened): Sealable<ComparisonResult> =>
  result?.kind === 'search' ? { given: result, sealed: false } : underSeal(result, opened);
