import { describe, expect, test } from 'vitest';
import { describeCalibration, describeScaling } from '../../../src-main/cli/text/calibration.ts';
import { calibrationReport } from '../../support/calibration.ts';

describe('calibration on the command line', () => {
  const text = describeCalibration(calibrationReport, 'none');

  test('has figures with intervals before and after, and a dash with its reason for what there is not', () => {
    expect(text).toContain('60 images of 20 patients');
    expect(text).toMatch(/^ill +As the network gives them +0\.7000 \(0\.6000 to 0\.8000\) +−0\.2000/m);
    expect(text).toMatch(/^ill +Temperature scaling +– /m);
    expect(text).toContain("Slope of ill: All images are of the class 'ill'.");
    expect(text).toContain('0.1000 (chance 0.0600, ≤ 0.1000)');
  });

  test('says what is kept, what is not offered, and on what it was fitted', () => {
    expect(text).toContain('Temperature scaling (T = 1.2500)');
    expect(text).toContain('Platt scaling is not offered. It asks for 5 validation images of each class.');
    expect(text).toContain('Kept with the run: Temperature scaling.');
    expect(text).toContain('The methods were fitted on these images');
    expect(text).toContain('1 image had a probability of exactly 0');
    expect(describeCalibration({ ...calibrationReport, part: 'test' }, 'none')).not.toContain('fitted on these images');
  });

  test('lists the bins of the method that is asked for; of one that is not offered, none', () => {
    expect(text).toMatch(/^ill +0\.1000 to 0\.5000 +30 +0\.3000 +0\.2000 +0\.1000 to 0\.3700$/m);
    expect(describeCalibration(calibrationReport, 'platt')).not.toContain('0.1000 to 0.5000');
  });

  test('names the numbers of a line', () => {
    expect(describeScaling({ method: 'platt', slope: 0.5, intercept: -0.25 })).toBe(
      'Platt scaling (log odds · 0.5000 − 0.2500)',
    );
  });
});
