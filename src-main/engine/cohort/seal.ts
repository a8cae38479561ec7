import { CutpointError } from '../../contract/errors.ts';
import type { RunSummary } from '../../contract/run.ts';

/**
 * What the test part of a run is opened for. `withheld`: what nobody gets of it for that before the seal is opened, figures
 * that were measured, or anything about its images; null: it may be opened unseen.
 */
export const TEST_PURPOSES = {
  'own test': { withheld: null, why: 'a run that ends is tested, and what comes of it is stored and shown to nobody' },
  'comparison result': { withheld: null, why: 'is stored with the comparison, which is sealed like its runs' },
  'export check': { withheld: null, why: 'compares probabilities with each other, not with classes: how right they are is not told' },
  'seen by source': { withheld: null, why: 'counts its images that a source was trained on, and tells nothing of their classes' },
  figures: { withheld: 'figures', why: 'what was predicted and measured is what the seal is on' },
  difference: { withheld: 'figures', why: 'tells which of two models does better on test images' },
  'measured anew': { withheld: 'images', why: 'gives the figures that it measures' },
  explanation: { withheld: 'images', why: 'shows what is predicted of single images that a person can judge' },
  probe: { withheld: 'images', why: 'tells how well the classes can be told apart in these very images' },
  report: { withheld: 'images', why: 'counts their classes, and what is known of their patients' },
} as const satisfies Record<string, { withheld: 'figures' | 'images' | null; why: string }>; // prettier-ignore

export type TestPurpose = keyof typeof TEST_PURPOSES;

/** @throws CutpointError TEST_SEALED where something of its test part is withheld for that */
export function requireOpened(
  { id, testOpened, sealed, split }: Pick<RunSummary, 'id' | 'testOpened' | 'sealed' | 'split'>,
  purpose: TestPurpose,
): void {
  const { withheld } = TEST_PURPOSES[purpose];
  if (withheld === null || testOpened !== null) return;
  const isThere = withheld === 'figures' ? sealed : (split?.test.images ?? 0) > 0;
  if (isThere) throw testSealed('run', id);
}

export const testSealed = (what: 'run' | 'comparison', id: string): CutpointError =>
  what === 'run'
    ? new CutpointError('TEST_SEALED', `The test set of the run ${id} is sealed: nobody has asked for its figures yet.`, {
        remedy: `Open it under Results, or with \`cutpoint open-test ${id} --reason "…"\`; it is noted in the log.`,
        details: { run: id },
      })
    : new CutpointError('TEST_SEALED', `The test figures of the comparison ${id} are sealed: nobody has asked for them yet.`, {
        remedy: `Open them under Compare, or with \`cutpoint open-test ${id} --reason "…"\`; it is noted in the log.`,
        details: { comparison: id },
      }); // prettier-ignore
