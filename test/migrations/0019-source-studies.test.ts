import { expect, onTestFinished, test } from 'vitest';
import { sourceStudyPlan } from '../../src-main/contract/sourceStudy.ts';
import { openWorkspace } from '../../src-main/engine/store/workspace.ts';
import { earlierStore } from '../support/earlierStore.ts';
import { temporaryFolder } from '../support/folder.ts';

test('a store of an earlier version has no source studies; one that is made is read as it was, after another start too', () => {
  const folder = temporaryFolder();
  earlierStore(folder, 18, ['old']).close();
  const plan = sourceStudyPlan.parse({
    targets: [{ name: 'lesions', data: { folder: '/lesions' } }],
    sources: [{ name: 'imagenet' }, { name: 'textures', train: { data: { folder: '/textures' } } }],
    backbones: ['resnet18'],
  });
  const checks = { leftOut: [{ source: 'imagenet', target: 'lesions', backbone: null, why: 'It is.' }], noticed: [] };

  const first = openWorkspace(folder);
  expect(first.store.sourceStudies.list()).toEqual([]);
  const id = first.store.sourceStudies.create(plan, checks);
  first.close();

  const again = openWorkspace(folder);
  onTestFinished(() => again.close());
  const { store } = again;
  expect(store.sourceStudies.get(id)).toMatchObject({ id, plan, checks, members: [] });
  expect(() => store.sourceStudies.get('lost')).toThrow(
    expect.objectContaining({ code: 'SOURCE_STUDY_UNKNOWN', details: { valid: [id] } }),
  );
  store.sourceStudies.remove(id);
  expect(store.sourceStudies.list()).toEqual([]);
  expect(store.log.list().map(({ what }) => what).slice(-2)).toEqual(['source-study.created', 'source-study.removed']); // prettier-ignore
});
