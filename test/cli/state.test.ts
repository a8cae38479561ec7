import { expect, test } from 'vitest';
import { networkState } from '../../src-main/cli/options/state.ts';

const state = (text: string) => networkState(text, { id: 'run-1', backbone: 'resnet18' });

test('a network state on the command line', () => {
  expect(state('initial')).toEqual({ kind: 'run', run: 'run-1', at: 'initial' });
  expect(state('best')).toEqual({ kind: 'run', run: 'run-1', at: 'best' });
  expect(state('run-2')).toEqual({ kind: 'run', run: 'run-2' });
  expect(state('run-2:initial')).toEqual({ kind: 'run', run: 'run-2', at: 'initial' });
  const backbone = { kind: 'backbone', backbone: 'resnet18' };
  expect(state('source:imagenet: v2')).toEqual({ ...backbone, source: 'imagenet: v2' });
  expect(state('mean-var:imagenet')).toEqual({ ...backbone, source: 'imagenet', initialisation: 'mean-var' });
  expect(state('random')).toEqual({ ...backbone, seed: 0 });
  expect(state('random:7')).toEqual({ ...backbone, seed: 7 });
});

test('another is refused with the forms there are', () => {
  for (const text of ['', 'source:', 'random:x', 'run-2:last', 'what:ever'])
    expect(() => state(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
