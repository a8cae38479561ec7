import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { certificate } from '../../../src-main/contract/certificate.ts';
import { folderForFile } from '../../support/folder.ts';
import { smallStudy } from '../../support/pictures.ts';
import { services, tinyPlan } from './inProcess.ts';

const folder = folderForFile();
const study = join(folder, 'study');
beforeAll(() => smallStudy(study));

it('a stopped run that was opened and goes on is not tested twice unseen, and a card says how often it was opened', async () => {
  const engine = await services(join(folder, 'workspace'));
  try {
    const begun = await engine.train(tinyPlan(study, { epochs: 3 }));
    await begun.until(({ kind }) => kind === 'epoch');
    const stopped = await engine.call('run.stop', { id: begun.id });
    expect(stopped).toMatchObject({ status: 'stopped', testOpened: null, sealed: true, test: null });
    const first = 'to decide whether it goes on';
    expect(await engine.call('run.openTest', { id: begun.id, reason: first })).toMatchObject({ times: 1 });
    const { end } = engine.follow(await engine.call('run.resume', { id: begun.id }));
    expect(await end).toMatchObject({ status: 'completed', testOpened: { times: 2 }, sealed: false });

    const reason = 'figures for the revised manuscript';
    expect(await engine.call('run.openTest', { id: begun.id, reason })).toMatchObject({ times: 3 });
    const out = join(folder, 'model.safetensors');
    const exported = await engine.call('model.export', { id: begun.id, format: 'safetensors', out, latency: false });
    const openings = (await engine.call('activity.list', {})).entries.filter(({ what }) => what === 'test.opened');
    expect(openings.map(({ purpose, reason }) => [purpose, reason])).toEqual([
      ['card', null],
      ['figures', reason],
      ['again', null],
      ['figures', first],
    ]);
    const beside = exported.path;
    const written = certificate.parse(JSON.parse(readFileSync(`${beside}.certificate.json`, 'utf8')));
    expect(written.data.testOpened).toMatchObject({ times: 4 });
    expect(written.data.divided).toContain('25 % of the patients for validation and 25 % for the test were drawn');
    const card = readFileSync(`${beside}.card.md`, 'utf8');
    expect(card).toContain(
      `The test set was opened 4 times, first on ${openings.at(-1)!.at.slice(0, 10)}, this card included.`,
    );
    expect(card).toContain(written.data.divided!);
  } finally {
    await engine.close();
  }
});

it('a reason has at most 200 characters', async () => {
  const engine = await services(join(folder, 'other'));
  try {
    await expect(engine.call('run.openTest', { id: 'x', reason: 'x'.repeat(201) })).rejects.toThrow('200');
  } finally {
    await engine.close();
  }
});
