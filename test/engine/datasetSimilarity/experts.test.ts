import { expect, test } from 'vitest';
import type { ExpertRow } from '../../../src-main/contract/distance.ts';
import { expertReport } from '../../../src-main/engine/datasetSimilarity/experts.ts';

const row = (dataset: string, observer: string, answers: string): ExpertRow => {
  const [origin, colour, content, type, diversity, classes] = answers.split(' ').map((each) => each.replace('-', ''));
  return { dataset, observer, origin, colour, content, type, diversity, classes } as ExpertRow;
};

const rows = [
  row('chest', 'a', 'medical grey objects lungs low 2'),
  row('chest', 'b', 'Medical grey objects lungs low 3'),
  row('chest', 'c', 'medical grey textures bones low -'),
  row('skin', 'a', 'medical colour objects moles high 7'),
  row('skin', 'b', 'medical colour textures moles high 7'),
  row('dtd', 'a', 'natural colour textures cloth high 47'),
];

test('the answer of most observers is the vote, and a shared first place is none', () => {
  const { sets } = expertReport(rows);
  const [chest, skin] = sets;
  expect(chest!.votes.origin).toEqual({ value: 'medical', tied: [], answers: 3, agree: 3 });
  expect(chest!.votes.type).toEqual({ value: 'lungs', tied: [], answers: 3, agree: 2 });
  expect(chest!.votes.classes).toEqual({ value: null, tied: ['2', '3'], answers: 2, agree: 1 });
  expect(skin!.votes.content).toEqual({ value: null, tied: ['objects', 'textures'], answers: 2, agree: 1 });
});

test('the distance is the share of the features with two votes that differ', () => {
  const { distances } = expertReport(rows);
  const of = (a: string, b: string) => distances.find(({ source, target }) => source === a && target === b);
  // Not compared: classes, which chest has no vote on, and content, which skin has none on. Colour, type, diversity differ.
  expect(of('chest', 'skin')).toMatchObject({ distance: 3 / 4, compared: 4 });
  expect(of('skin', 'chest')).toMatchObject({ distance: 3 / 4, compared: 4 });
  expect(of('chest', 'dtd')).toMatchObject({ distance: 1, compared: 5 });
  expect(of('chest', 'chest')).toMatchObject({ distance: 0, compared: 5 });
});

test('no answers in common are no distance', () => {
  const { distances } = expertReport([row('one', 'a', 'medical - - - - -'), row('two', 'a', '- grey - - - -')]);
  expect(distances[1]).toEqual({ source: 'one', target: 'two', distance: null, compared: 0 });
});

test('an observer who answers twice, and a single data set, are refused', () => {
  const refused = (given: ExpertRow[]) => () => expertReport(given);
  expect(refused([...rows, rows[0]!])).toThrow("The observer 'a' answers twice on 'chest'.");
  expect(refused(rows.slice(0, 3))).toThrow('There are answers on one data set only, and a distance is between two.');
});
