// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { PREDICTED_FIELDS } from '../../src-main/contract/prediction.ts';
import { toTable } from '../../src-main/contract/table.ts';
import MapsTab from '../../src-renderer/features/explain/MapsTab.vue';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { useStudy } from '../../src-renderer/features/study/studyStore.ts';
import { addresses, shown } from '../support/clicks.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { arrived, windowWith } from '../support/windowClient.ts';

it('maps on their way are not begun anew when the study is read again, as after every job', async () => {
  const [run, other] = ['cut', 'whole'].map((id) => runOf(id, { study: 's', bestEpoch: 1, epochs: [epochOf(1)] }));
  const asked: string[] = [];
  const image = { file: 'a/x.png', class: 'a', predicted: 'b', correct: false, group: 0 };
  const pinia = windowWith({
    ...runsEngine(run!, other!).handlers,
    'run.evaluated': () => [],
    'run.predictions': ({ id }) => ({
      ...{ run: id, classes: ['a', 'b'], folder: '/d', greyScale: 'full' as const, grouping: 'image' },
      ...{ images: toTable(PREDICTED_FIELDS, [image]), probabilities: new Uint8Array(8) },
    }),
    'explain.map': ({ run: id }, { signal }) =>
      new Promise((_, reject) => {
        asked.push(id);
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  });
  const details = { id: 's', name: 'Study', selection: null, draft: {}, runIds: ['cut', 'whole'] };
  useStudy().details = details as never;
  await useRuns().refresh();
  const router = addresses();
  await router.push('/study/s/explain/cut?show=one&at=0&with=whole');
  shown(MapsTab, pinia, { run }, router);
  await expect.poll(() => asked).toEqual(['cut']);
  for (let times = 0; times < 3; times++) {
    useStudy().details = { ...details, runIds: [...details.runIds] } as never;
    await useRuns().refresh();
    await arrived();
  }
  expect(asked).toEqual(['cut']);
});
