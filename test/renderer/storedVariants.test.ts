// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import AllSettings from '../../src-renderer/features/train/AllSettings.vue';
import { FROZEN_VARIANTS, hintOf } from '../../src-renderer/features/train/fields.ts';
import { defaultSettings } from '../../src-renderer/features/train/plan.ts';
import { usePlan } from '../../src-renderer/features/train/planStore.ts';
import { useSettings } from '../../src-renderer/features/train/settingsStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { shown } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

it('stored variants are a setting where layers are trained behind frozen ones, and nowhere else', async () => {
  const room = shown(AllSettings, windowWith({ 'queue.list': () => [] }));
  expect(room.text()).toContain('Random crop');
  expect(room.text()).not.toContain('Stored variants');
  const network = useNetwork();
  network.transfer = { ...network.transfer, strategy: 'layerwise' };
  await expect.poll(() => room.text(), { timeout: 5000 }).toContain('Stored variants(of each image)');
  expect(hintOf(FROZEN_VARIANTS, defaultSettings())).toMatch(/1 to 64; usual: 4\.$/);
  expect(usePlan().plan).toMatchObject({ strategy: 'layerwise', frozenVariants: 4 });
  useSettings().settings.frozenVariants = 65;
  expect(usePlan().issues.frozenVariants).toBe('At most 64.');
});
