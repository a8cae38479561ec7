import { readFile, stat } from 'node:fs/promises';
import { certificate as schema, type Certificate } from '../../contract/certificate.ts';
import { CutpointError } from '../../contract/errors.ts';
import { modelCard, type CardFacts } from './card.ts';
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
  const earlier = await readFile(certificate, 'utf8').then(
    (text) => schema.parse(JSON.parse(text)).model.run,
    () => undefined,
  ).catch(() => undefined); // prettier-ignore
  if (earlier === run) return;
  throw new CutpointError(
    'EXPORT_WRITE_FAILED',
    `'${taken}' exists already and is not of an earlier export of this run.`,
    {
      remedy: 'Choose another name, or remove what is there.',
    },
  );
}

/**
 * Writes certificate and model card beside an export.
 * @throws CutpointError EXPORT_WRITE_FAILED, DISK_FULL
 */
export async function writeBeside(path: string, certificate: Certificate, facts: CardFacts): Promise<void> {
  const paths = besidePaths(path);
  const texts = [
    [paths.certificate, `${JSON.stringify(schema.parse(certificate), null, 2)}\n`],
    [paths.card, modelCard(certificate, facts)],
  ] as const;
  for (const [target, text] of texts) await (await stageFile(target, Buffer.from(text))).publish();
}
