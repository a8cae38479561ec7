import { describe, expect, it } from 'vitest';
import { orderClasses, positiveClass } from '../../src-main/contract/classes.ts';

describe('the positive class of two', () => {
  it.each([
    [['NORMAL', 'PNEUMONIA'], 'PNEUMONIA'],
    [['covid', 'normal'], 'covid'],
    [['benign', 'malignant'], 'malignant'],
    [['melanoma', 'no melanoma'], 'melanoma'],
    [['COVID', 'non-COVID'], 'COVID'],
    [['fracture', 'healthy'], 'fracture'],
    [['0', '1'], '1'],
    [['adenoma', 'carcinoma'], 'carcinoma'],
    [['nodular', 'noise'], 'noise'],
  ])('%o: %s', (classes, positive) => {
    expect(positiveClass(classes)).toBe(positive);
    expect(orderClasses(classes, undefined).at(-1)).toBe(positive);
  });

  it('is what the user says', () => {
    expect(orderClasses(['NORMAL', 'PNEUMONIA'], 'NORMAL')).toEqual(['PNEUMONIA', 'NORMAL']);
  });

  it('there is none of three, and no other than these two', () => {
    expect(positiveClass(['a', 'b', 'normal'])).toBeUndefined();
    expect(orderClasses(['a', 'b', 'normal'], undefined)).toEqual(['a', 'b', 'normal']);
    expect(() => orderClasses(['a', 'b', 'c'], 'b')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    expect(() => orderClasses(['a', 'b'], 'x')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', details: { valid: ['a', 'b'] } }),
    );
  });
});
