import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { certificate } from '../../../src-main/contract/certificate.ts';
import { folderForFile } from '../../support/folder.ts';
import { put, smallPng, smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
const FILE = 'a/p0_1.png';
beforeAll(() => smallStudy(study));

it('a run whose images changed on the disk names them when it goes on, is tested again or exported', async () => {
  const engine = await services(join(folder, 'workspace'));
  const differs = { code: 'DATA_DIFFERS', message: expect.stringContaining(`since it began: ${FILE}.`) as string };
  const before = readFileSync(join(study, FILE));
  const change = async (): Promise<void> => void put(study, FILE, await smallPng(77));
  const putBack = (): void => void put(study, FILE, before);
  try {
    const begun = await engine.train(tinyPlan(study, { epochs: 3 }));
    const { id } = begun;
    await begun.until(({ kind }) => kind === 'epoch');
    await engine.call('run.stop', { id });
    await change();
    await expect(engine.call('run.resume', { id })).rejects.toMatchObject({
      ...differs,
      details: { differing: [FILE] },
    });
    expect(await engine.call('run.get', { id })).toMatchObject({ status: 'stopped', testOpened: null });
    putBack();
    const { end } = engine.follow(await engine.call('run.resume', { id }));
    expect(await engine.opened(await end)).toMatchObject({ status: 'completed' });

    await change();
    const exporting = (out: string) =>
      engine.call('model.export', { id, format: 'safetensors', out: join(folder, out), latency: false });
    await expect(engine.call('run.evaluate', { id, again: true })).rejects.toMatchObject(differs);
    await expect(exporting('changed.safetensors')).rejects.toMatchObject(differs);
    putBack();
    expect(await engine.call('run.evaluate', { id, again: true })).toMatchObject({ on: 'test' });

    // The same images, and another split of them.
    const digests = async (run: string, out: string) => {
      const { path } = await engine.call('model.export', {
        ...{ id: run, format: 'safetensors', out: join(folder, out), latency: false },
      });
      const { data } = certificate.parse(JSON.parse(readFileSync(`${path}.certificate.json`, 'utf8')));
      return [data.fingerprint, data.selectionFingerprint];
    };
    const [images, divided] = await digests(id, 'one.safetensors');
    const same = await (await engine.train(tinyPlan(study, { epochs: 1 }))).end;
    const other = await (await engine.train(tinyPlan(study, { epochs: 1, seed: 5 }))).end;
    expect(await digests(same.id, 'two.safetensors')).toEqual([images, divided]);
    const [again, anew] = await digests(other.id, 'three.safetensors');
    expect(again).toBe(images);
    expect(anew).toMatch(/^[0-9a-f]{64}$/);
    expect(anew).not.toBe(divided);

    // One image of another class: other data, which the card says without a name of a file.
    const relabel = { kind: 'relabel' as const, file: FILE, label: 'b', reason: 'Read again' };
    const data = { ...tinyPlan(study).data, resolutions: [relabel] };
    const decided = await (await engine.train(tinyPlan(study, { epochs: 1, data }))).end;
    const [others, whole] = await digests(decided.id, 'four.safetensors');
    expect([others === images, whole === divided]).toEqual([false, false]);
    const card = readFileSync(join(folder, 'four.safetensors.card.md'), 'utf8');
    expect(card).toContain('- As decided, 1 image has another label: "a" → "b" (1). Reasons given: "Read again".');
    expect(card).not.toContain('p0_1');
  } finally {
    putBack();
    await engine.close();
  }
});
