// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import AuditProgress from '../../src-renderer/features/data/AuditProgress.vue';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { speak } from '../../src-renderer/text/index.ts';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

afterEach(() => speak('en'));

const modality = [
  { value: 'MR', images: 1200 },
  { value: 'not-said', images: 34 },
];
const headers = { files: 1300, dicom: 1234, patients: 1, series: 12, modality };

/** What is said beside the bar while images are read. */
function saidOf(progress: { done: number; total: number; headers?: typeof headers }): string {
  const pinia = windowWith({});
  useData(pinia).audit.progress = progress;
  return shown(AuditProgress, pinia, {}).text();
}

it('what the headers say is told while the images are still read, and nothing where they were not asked', async () => {
  expect(saidOf({ done: 3, total: 1300 })).not.toContain('headers');
  expect(saidOf({ done: 3, total: 1300, headers })).toContain(
    'Their headers say: 1234 DICOM files, of 1 patient, in 12 series (MR 1200, – 34).',
  );
  await speak('de');
  expect(saidOf({ done: 3, total: 1300, headers })).toContain('von 1 Patient, in 12 Serien');
});
