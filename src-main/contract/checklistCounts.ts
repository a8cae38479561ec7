import type { Checklist } from './report.ts';

/** `21 of 44 CLAIM 2024 items are filled here, 22 are for the author and 1 does not apply.` */
export function countSentence({ name, counts, score }: Pick<Checklist, 'name' | 'counts' | 'score'>): string {
  const { here = 0, author = 0, none = 0, no = 0 } = counts;
  const verb = (count: number): string => (count === 1 ? 'is' : 'are');
  const rest = [
    `${author} ${verb(author)} for the author`,
    ...(no > 0 ? [`${no} ${verb(no)} not met`] : []),
    ...(none > 0 ? [`${none} ${none === 1 ? 'does' : 'do'} not apply`] : []),
  ];
  const told = rest.length < 2 ? rest[0]! : `${rest.slice(0, -1).join(', ')} and ${rest.at(-1)!}`;
  const range = score
    ? ` Its score is between ${score.low.toFixed(1)} and ${score.high.toFixed(1)} %, by what the author answers.`
    : '';
  return `${here} of ${here + author + none + no} ${name} items ${verb(here)} filled here, ${told}.${range}`;
}
