import { CutpointError } from '../../contract/errors.ts';
import { unaccepted } from '../../contract/findings.ts';
import type { Dataset } from '../data/types.ts';

/**
 * Stops on what would make the study worthless, unless it was accepted.
 * @param codes what a person accepts
 * @returns the codes of the grave findings, all of them accepted
 * @throws CutpointError DATA_DOUBTFUL
 */
export function requireAccepted(datasets: readonly (Dataset | null)[], codes: readonly string[]): string[] {
  const findings = datasets.flatMap((dataset) => dataset?.report.warnings ?? []);
  const left = unaccepted(findings, codes);
  if (left.length > 0) {
    const names = [...new Set(left.map(({ code }) => code))];
    throw new CutpointError('DATA_DOUBTFUL', left.map(({ message }) => message).join(' '), {
      remedy: `Correct the data. To continue all the same: --go-on ${names.join(',')}, or the box beside Start in the window.`,
      details: { codes: names, findings: left },
    });
  }
  return [...new Set(findings.flatMap(({ grave, code }) => (grave ? [code] : [])))];
}
