import { readFile, stat } from 'node:fs/promises';
import { certificate as schema, type Certificate } from '../../contract/certificate.ts';
import { CutpointError } from '../../contract/errors.ts';
import { modelCard, type CardFacts } from './card.ts';
import { seal, sealState, withSeal } from './seal.ts';
import { stageFile } from './staging.ts';

/** Paths of what is written beside an export. */
export function besidePaths(path: string): { certificate: string; card: string } {
  return { certificate: `${path}.certificate.json`, card: `${path}.card.md` };
}

/**
 * Makes sure that writing beside `path` destroys nothing but what belongs to an earlier export of the same run.
 * @throws CutpointError EXPORT_WRITE_FAILED
 */
export async function checkBeside(path: string, run: string): Promise<void> {
  const { certificate, card } = besidePaths(path);
  const there = await Promise.all([certificate, card].map((each) => stat(each).then(() => each, () => undefined))); // prettier-ignore
  const taken = there.find((each) => each !== undefined);
  if (taken === undefined) return;
  const earlier = await readCertificate(path);
  if (earlier.certificate?.model.run === run) return;
  const what = earlier.isDamaged
    ? `is damaged: to which run it belongs cannot be told`
    : 'is not of an earlier export of this run';
  throw new CutpointError('EXPORT_WRITE_FAILED', `'${taken}' exists already and ${what}.`, {
    remedy: 'Choose another name, or remove what is there.',
  });
}

/** Behind the seal of a certificate: a quote, the end of its object and of its line. */
const BEHIND_SEAL = '"\n}\n'.length;

/** The certificate beside an export; null where there is none that can be trusted. */
export async function readCertificate(path: string): Promise<{ certificate: Certificate | null; isDamaged: boolean }> {
  const bytes = await readFile(besidePaths(path).certificate).catch(() => null);
  if (bytes === null) return { certificate: null, isDamaged: false };
  try {
    const certificate = schema.parse(JSON.parse(bytes.toString('utf8')));
    const hasSeal = certificate.contentSha256 !== undefined;
    if (!hasSeal || sealState([bytes], { behind: BEHIND_SEAL, weightsSha256: null }) === 'whole')
      return { certificate, isDamaged: false };
  } catch {
    // As where its seal is broken.
  }
  return { certificate: null, isDamaged: true };
}

/**
 * Writes certificate and model card beside an export.
 * @throws CutpointError EXPORT_WRITE_FAILED, DISK_FULL
 */
export async function writeBeside(path: string, certificate: Certificate, facts: CardFacts): Promise<void> {
  const paths = besidePaths(path);
  const sealed = Buffer.from(`${JSON.stringify({ ...schema.parse(certificate), ...withSeal({}) }, null, 2)}\n`);
  seal([sealed], BEHIND_SEAL);
  const files = [
    [paths.certificate, sealed],
    [paths.card, Buffer.from(modelCard(certificate, facts))],
  ] as const;
  for (const [target, bytes] of files) await (await stageFile(target, bytes)).publish();
}
