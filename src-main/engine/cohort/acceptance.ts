import { CutpointError } from '../../contract/errors.ts';
import { unaccepted, type Finding } from '../../contract/findings.ts';
import type { Dataset } from '../data/types.ts';

/**
 * Stops on what would make the study worthless, unless it was accepted.
 * @param codes what a person accepts
 * @returns the codes of the grave findings, all of them accepted
 * @throws CutpointError DATA_DOUBTFUL
 */
export function requireAccepted(datasets: readonly (Dataset | null)[], codes: readonly string[]): string[] {
  const findings = datasets.flatMap((dataset) => dataset?.report.warnings ?? []);
  requireThese(findings, codes);
  return [...new Set(findings.flatMap(({ grave, code }) => (grave ? [code] : [])))];
}

/** @throws CutpointError DATA_DOUBTFUL where grave findings are left that were not accepted */
export function requireThese(findings: readonly Finding[], codes: readonly string[]): void {
  const left = unaccepted(findings, codes);
  if (left.length === 0) return;
  const names = [...new Set(left.map(({ code }) => code))];
  throw new CutpointError('DATA_DOUBTFUL', left.map(({ message }) => message).join(' '), {
    remedy: `Correct the data. To continue all the same: --go-on ${names.join(',')}, or the box beside Start in the window.`,
    details: { codes: names, findings: left },
  });
}
