import { describe, expect, it } from 'vitest';
import { countSentence } from '../../../src-main/contract/checklistCounts.ts';
import { CLAIM } from '../../../src-main/engine/report/checklists/claim.ts';
import { checklistsOf } from '../../../src-main/engine/report/checklists/index.ts';
import { fill, here, author, no, none, type Item } from '../../../src-main/engine/report/checklists/item.ts';
import { partition } from '../../../src-main/engine/report/checklists/known.ts';
import { METRICS } from '../../../src-main/engine/report/checklists/metrics.ts';
import { TRIPOD } from '../../../src-main/engine/report/checklists/tripod.ts';
import { figures, madeUp } from './madeUp.ts';

const numbers = (rows: { items: readonly Item[] }) => rows.items.map(({ number }) => number);

describe('the checklists as published', () => {
  it('CLAIM 2024 has 44 items', () => {
    expect(numbers(CLAIM)).toEqual(Array.from({ length: 44 }, (_, at) => String(at + 1)));
  });

  it('TRIPOD+AI has 27 items in 52 parts', () => {
    expect(new Set(numbers(TRIPOD)).size).toBe(52);
    expect(new Set(numbers(TRIPOD).map((each) => Number.parseInt(each, 10)))).toEqual(
      new Set(Array.from({ length: 27 }, (_, at) => at + 1)),
    );
  });

  it('METRICS has 30 items, whose weights sum to 1 and by category to those of the paper', () => {
    expect(numbers(METRICS)).toEqual(Array.from({ length: 30 }, (_, at) => String(at + 1)));
    const sum = (items: readonly Item[]) => items.reduce((total, { weight }) => total + weight!, 0);
    expect(sum(METRICS.items)).toBeCloseTo(1, 9);
    const categories = [...Map.groupBy(METRICS.items, ({ section }) => section).values()].map((own) => sum(own).toFixed(4)); // prettier-ignore
    // Kocak et al. 2024, table 1.
    expect(categories).toEqual(['0.2022', '0.1460', '0.0674', '0.1348', '0.0900', '0.0899', '0.1348', '0.1124', '0.0225']); // prettier-ignore
  });

  it('says by what folds are stratified', () => {
    const { approach } = madeUp();
    const settings = { ...approach.settings, split: { ...approach.settings.split, strata: ['sex', 'age'] } };
    expect(JSON.stringify(partition(madeUp({ approach: { ...approach, settings, folds: 5 } })))).toContain(
      'by 5-fold cross-validation, stratified by class, sex and age, before anything was computed.',
    );
  });

  it('asks for what is most often missing, where it cannot be filled', () => {
    const [claim] = checklistsOf(madeUp());
    const state = (number: string) => claim!.items.find((item) => item.number === number)!.state;
    // Sample size, robustness, failure analysis, quality of annotation, availability.
    expect(['21', '30', '39', '18', '43'].map(state)).toEqual(['author', 'author', 'here', 'author', 'author']);
  });
});

describe('filling', () => {
  it('counts, and says so in a sentence', () => {
    const report = madeUp();
    for (const { items, counts } of checklistsOf(report))
      expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBe(items.length);
    const [claim] = checklistsOf(report);
    expect(countSentence(claim!)).toMatch(/^\d+ of 44 CLAIM 2024 items are filled here, \d+ are for the author and 2 do not apply\.$/); // prettier-ignore
  });

  it('scores from no to yes of what the author answers, among the items that apply', () => {
    const item = (number: string, weight: number, judge: Item['judge']): Item => ({ number, section: 's', topic: 't', weight, judge }); // prettier-ignore
    const items = [
      item('1', 0.2, here('It is.', 'data')),
      item('2', 0.3, author('Is it?')),
      item('3', 0.4, none('It cannot be.')),
      item('4', 0.1, no('It is not.')),
    ];
    const { score } = fill({ name: 'a', citation: 'b', items }, madeUp());
    expect(score!.low).toBeCloseTo((100 * 0.2) / 0.6, 9);
    expect(score!.high).toBeCloseTo((100 * 0.5) / 0.6, 9);
  });

  it('has no score where nothing applies', () => {
    const items: Item[] = [{ number: '1', section: 's', topic: 't', weight: 1, judge: none('It cannot be.') }];
    expect(fill({ name: 'a', citation: 'b', items }, madeUp()).score).toBeNull();
  });

  it('knows a division that is not by patient, and a test set that is sealed', () => {
    const byImage = checklistsOf(madeUp({ cohort: { ...madeUp().cohort, grouping: 'image' } }))[2]!;
    expect(byImage.items[17]!.state).toBe('no');
    const sealed = checklistsOf(madeUp({ testOpened: null, figures: [figures()] }))[0]!;
    expect(sealed.items[31]!).toMatchObject({ number: '32', state: 'author' });
  });
});
