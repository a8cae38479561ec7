import { CutpointError } from '../../contract/errors.ts';
import type { InputOf } from '../../contract/index.ts';

export type NetworkStateInput = InputOf<'similarity.compare'>['a'];

/** How a network state is written on the command line. */
export const STATE_FORMS = [
  'initial or best: the same run before its first or after its best epoch',
  'RUN or RUN:initial: another run',
  'source:NAME: the pretrained weights of that name',
  'mean-var:NAME: random weights with the mean and variance of that source, layer by layer',
  'random:SEED: random weights, of a whole number from 0',
] as const;

/**
 * The network state that a text describes, beside a run.
 * @param run what `initial` and `best` are of, and whose backbone a source or random weights are for
 * @throws CutpointError INPUT_INVALID
 */
export function networkState(text: string, run: { id: string; backbone: string }): NetworkStateInput {
  const [, kind, rest] = /^([^:]*)(?::(.*))?$/.exec(text) ?? [];
  const { backbone } = run;
  if (rest === undefined && (kind === 'initial' || kind === 'best')) return { kind: 'run', run: run.id, at: kind };
  if (kind === 'source' && rest) return { kind: 'backbone', backbone, source: rest };
  if (kind === 'mean-var' && rest) return { kind: 'backbone', backbone, source: rest, initialisation: 'mean-var' };
  if (kind === 'random' && /^\d*$/.test(rest ?? '') && Number.isSafeInteger(Number(rest ?? 0)))
    return { kind: 'backbone', backbone, seed: Number(rest ?? 0) };
  if (kind && (rest === undefined || rest === 'initial' || rest === 'best')) {
    return { kind: 'run', run: kind, ...(rest !== undefined && { at: rest }) };
  }
  throw new CutpointError('INPUT_INVALID', `'${text}' names no network to compare with.`, {
    remedy: `Write ${STATE_FORMS.join('; or ')}.`,
  });
}
