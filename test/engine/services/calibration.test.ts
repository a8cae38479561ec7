import { readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate as schema } from '../../../src-main/contract/certificate.ts';
import type { Scaling } from '../../../src-main/contract/calibration.ts';
import { scaled } from '../../../src-main/engine/metrics/calibration/scaling.ts';
import { folderForFile } from '../../support/folder.ts';
import { services, tinyPlan } from './inProcess.ts';

describe('calibration of a run', () => {
  const folder = folderForFile();
  const sample = join(folder, 'sample');
  let engine: Awaited<ReturnType<typeof services>>;
  let id: string;
  let images: string[];
  beforeAll(async () => {
    engine = await services(join(folder, 'workspace'));
    const { labels } = await engine.call('data.sample', { folder: sample });
    const data = { folder: sample, labels: { csv: labels, groupColumn: 'group' } };
    id = (await engine.opened(await (await engine.train(tinyPlan(sample, { data, epochs: 2, batch: 16 }))).end)).id;
    images = globSync('**/*.png', { cwd: sample }).slice(0, 6).map((name) => join(sample, name)); // prettier-ignore
  }, 240_000);
  afterAll(() => engine.close());

  const predicted = async (model: string) => engine.call('model.predict', { model, files: images });
  const values = ({ predictions }: Awaited<ReturnType<typeof predicted>>) =>
    predictions.flatMap(({ probabilities }) => probabilities);
  const close = (a: readonly number[], b: ArrayLike<number>, by: number) =>
    a.forEach((value, at) => expect(Math.abs(value - b[at]!)).toBeLessThan(by));

  it('is measured before and after each method, on validation and test images', async () => {
    for (const part of ['validation', 'test'] as const) {
      const report = await engine.call('run.calibration', { id, part });
      expect(report).toMatchObject({ run: id, part, kept: 'none', classes: report.classes });
      expect(report.methods.map(({ method }) => method)).toEqual(['none', 'temperature', 'platt']);
      for (const { measured, why } of report.methods) expect(measured === null).toBe(why !== null);
      const [none, temperature] = report.methods;
      const evaluation = await engine.call('run.evaluate', { id, part });
      expect(none!.measured!.logLoss.value).toBeCloseTo(evaluation.metrics.loss, 6);
      // What was fitted there is best there.
      if (part === 'validation')
        expect(temperature!.measured!.logLoss.value!).toBeLessThanOrEqual(none!.measured!.logLoss.value! + 1e-12);
    }
  }, 60_000);

  it.each(['temperature', 'platt'] as const)(
    '%s is kept, and applied to predictions, exports and what is tried',
    async (method) => {
      await engine.call('run.calibrate', { id, method: 'none' });
      const own = values(await predicted(id));
      const { scaling, kept } = await engine.call('run.calibrate', { id, method });
      expect(kept).toBe(method);
      const expected = scaled(own, 2, scaling!);
      const application = await predicted(id);
      expect(application.calibration).toEqual(scaling);
      close(values(application), expected, 1e-5);

      const out = join(folder, `${method}.onnx`);
      const asked = { id, format: 'onnx', out, latency: false, overwrite: true } as const;
      const { card, certificate, stored } = await engine.call('model.export', asked);
      expect(stored!.largestDifference).toBeLessThan(1e-4);
      const fromFile = await predicted(out);
      expect(fromFile.calibration).toEqual(scaling);
      close(values(fromFile), expected, 1e-4);
      const certified = schema.parse(JSON.parse(await readFile(certificate!, 'utf8')));
      expect(certified.calibration?.scaling).toEqual(scaling);
      const text = await readFile(card!, 'utf8');
      expect(text).toContain('## Calibration');
      expect(text).toContain(
        method === 'platt' ? 'Platt scaling (Platt 1999)' : 'temperature scaling (Guo et al. 2017)',
      );

      const agreeing = await engine.call('model.try', { model: out, files: images });
      expect(agreeing.calibration).toEqual(scaling);
      expect(agreeing.warnings.join(' ')).not.toContain('in another way');
      await engine.call('run.calibrate', { id, method: 'none' });
      const otherwise = await engine.call('model.try', { model: out, files: images });
      expect(otherwise.warnings.join(' ')).toContain('in another way');
      for (const { difference } of otherwise.tried) expect(difference).toBeLessThan(1e-4);

      // The answer of the calibrated export is not taken for this one.
      const plain = await engine.call('model.export', asked);
      expect(plain.origin?.found ?? false).toBe(false);
      close(values(await predicted(out)), own, 1e-4);
      expect(schema.parse(JSON.parse(await readFile(plain.certificate!, 'utf8'))).calibration).toBeNull();
      expect(await readFile(plain.card!, 'utf8')).not.toContain('## Calibration');
    },
    120_000,
  );

  it('in fewer bits and for images of any size, too', async () => {
    const { scaling } = await engine.call('run.calibrate', { id, method: 'platt' });
    await engine.call('run.calibrate', { id, method: 'none' });
    const own = values(await predicted(id));
    await engine.call('run.calibrate', { id, method: 'platt' });
    const expected = scaled(own, 2, scaling as Scaling);
    const out = join(folder, 'int8.onnx');
    const options = { precision: 'int8', foldBatchNorm: true, anySize: true } as const;
    const record = await engine.call('model.export', { id, format: 'onnx', out, options, latency: false });
    expect(record.effect).not.toBeNull();
    close(values(await predicted(out)), expected, 0.1);
    const whole = join(folder, 'whole.onnx');
    const anySize = { precision: 'float32', foldBatchNorm: false, anySize: true } as const;
    const { parity } = await engine.call('model.export', { id, format: 'onnx', out: whole, options: anySize, latency: false }); // prettier-ignore
    expect(parity.wholePath!.largestDifference).toBeLessThan(1e-4);
  }, 120_000);

  it('stored predictions stay those of the network itself', async () => {
    const before = await engine.call('run.predictions', { id, part: 'validation' });
    await engine.call('run.calibrate', { id, method: 'temperature' });
    expect((await engine.call('run.predictions', { id, part: 'validation' })).probabilities).toEqual(
      before.probabilities,
    );
    expect((await engine.call('run.calibration', { id })).kept).toBe('temperature');
  }, 60_000);
});
