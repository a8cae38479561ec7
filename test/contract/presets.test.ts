import { expect, test } from 'vitest';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import { PRESET_NAMES, presetOf, PRESETS, presetSettings } from '../../src-main/contract/presets.ts';

const ordinary = trainingPlan.parse({ data: { folder: 'study' }, backbone: 'resnet18' });

test.each(PRESET_NAMES)('%s is a plan as the schema takes it, and is recognised', (name) => {
  const plan = trainingPlan.parse({ ...ordinary, ...presetSettings(name) });
  expect(plan).toMatchObject(PRESETS[name].settings);
  expect(presetOf(plan)).toBe(name);
  expect(presetOf({ ...plan, learningRate: 2 * plan.learningRate })).toBeNull();
  expect(presetOf({ ...plan, augmentation: { ...plan.augmentation, rotation: 11 } })).toBeNull();
});

test('the defaults are no preset', () => {
  expect(presetOf(ordinary)).toBeNull();
});

test('what is made of a preset does not change it', () => {
  const settings = presetSettings('thorough');
  settings.augmentation.crop = 0.5;
  expect(presetSettings('thorough').augmentation.crop).toBe(0.1);
});
