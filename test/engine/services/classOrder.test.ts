import { expect, onTestFinished, test } from 'vitest';
import { classOrderHandlers, orderOf } from '../../../src-main/engine/services/classOrder.ts';
import { openWorkspace } from '../../../src-main/engine/store/workspace.ts';
import { temporaryFolder } from '../../support/folder.ts';

function open(classes: string[]) {
  const workspace = openWorkspace(temporaryFolder());
  onTestFinished(() => workspace.close());
  const { store } = workspace;
  const plan = { data: { folder: '/data' }, backbone: 'resnet18', cut: 'layer2.1' };
  const run = store.runs.create({ plan, classes, parameters: 1, macs: 1, study: undefined });
  const say = async (order: string[] | 'none' | 'names') =>
    classOrderHandlers(store)['run.orderClasses']({ id: run.id, order }, { signal: new AbortController().signal, progress: () => {} }); // prettier-ignore
  return { store, run, say };
}

test('the order of classes is that of their names until somebody says another, which is kept', async () => {
  const { store, run, say } = open(['mild', 'none', 'severe']);
  const byNames = { classes: ['none', 'mild', 'severe'], by: 'names' };
  expect(orderOf(store, run)).toEqual(byNames);
  const said = { classes: ['severe', 'mild', 'none'], by: 'person' };
  expect(await say(said.classes)).toEqual(said);
  expect(orderOf(store, run)).toEqual(said);
  expect(await say('none')).toEqual({ classes: null, by: 'person' });
  expect(await say('names')).toEqual(byNames);
});

test('an order that is none is refused', async () => {
  const { say } = open(['a', 'b', 'c']);
  for (const order of [['a', 'b'], ['a', 'b', 'x'], ['a', 'a', 'b'], ['a', 'b', 'c', 'c']])
    await expect(say(order)).rejects.toMatchObject({ code: 'INPUT_INVALID', details: { valid: ['a', 'b', 'c'] } });
  await expect(open(['a', 'b']).say(['a', 'b'])).rejects.toThrow('Two classes are in an order either way');
}); // prettier-ignore
