import { expect, test } from 'vitest';
import { describePrecision } from '../../src-main/cli/text/precision.ts';
import { precisionInput, type PrecisionInput, type TestSample } from '../../src-main/contract/precision.ts';
import type { Grouping } from '../../src-main/contract/groups.ts';
import { precisionOf } from '../../src-main/engine/metrics/precision.ts';

function text(named: Partial<PrecisionInput>, sample: TestSample | null = null, grouping?: Grouping): string {
  const input = precisionInput.parse({ prevalence: 0.3, ...named });
  return describePrecision({ input, sample, grouping, ...precisionOf(input) });
}

test('with 60 patients AUROC will be known to ± 0.11, by a formula that is named', () => {
  const said = text({ patients: 60, width: 0.05 });
  expect(said).toMatch(/^AUROC +0\.85 +0\.108 +0\.74 to 0\.96 +277 +Newcombe 2006/m);
  expect(said).toMatch(/Patients for ± 0\.05/);
  expect(said).not.toContain('rough guide');
  expect(said).not.toContain('Design effect');
});

test('a width alone needs patients, and promises no interval', () => {
  const said = text({ width: 0.1 });
  expect(said).not.toContain('95 % interval');
  expect(said).toMatch(/^Sensitivity +0\.80 +\d+ +Wilson 1927/m);
});

test('what was counted is named, with its class; where no patient is known it is of images', () => {
  const sample = { images: 30, groups: 10, classes: 2, class: 'ill', cases: 6 };
  const patients = text({ patients: 10, imagesPerPatient: 3, prevalence: 0.2, width: 0.1 }, sample, 'patient');
  expect(patients).toMatch(/^Counted +30 images of 10 patients to test on, 6 of ill$/m);
  expect(patients).toMatch(/^Images of each +3, intraclass correlation 1: design effect 3$/m);
  expect(patients).toMatch(/^Worth +10 independent images, 2 with the finding$/m);
  expect(patients).toContain('a rough guide');
  const images = text({ patients: 30, prevalence: 0.2, width: 0.1 }, { ...sample, groups: 30 }, 'image');
  expect(images).toMatch(/^Counted +30 images to test on/m);
  expect(images).not.toMatch(/patient/i);
  expect(text({ patients: 10 }, { ...sample, classes: 3 }, 'patient')).toContain(
    '6 of ill, the rarest class, against the rest',
  );
});

test('where nothing can be said there is a dash, and the reason below', () => {
  const said = text({ patients: 2, prevalence: 0.1, width: 1e-9 });
  expect(said).toMatch(/^AUROC +0\.85 +– +– +– +Newcombe/m);
  expect(said).toContain('fewer than one image with or without the finding is to be expected');
  expect(said).toContain('more than a billion would be needed');
});
