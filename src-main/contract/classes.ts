import { CutpointError } from './errors.ts';
import {
  isCounted,
  isFindingBeside,
  isNoFinding,
  risesWith,
  saidBy,
  SEVERITY,
  wordsOf,
  type Said,
} from './classNames.ts';

/** Of two classes, the one that sensitivity, specificity and AUPRC refer to, and how that is known. */
export interface PositiveClass {
  positive: string;
  /** Whether the names say it, or a person; otherwise it is only the likelier one, and a person should say. */
  certain: boolean;
  /** Half a sentence: `‘NORMAL’ is the name of images in which nothing was found`. */
  why: string;
}

/**
 * Of two classes, the positive one: that of which the other is the healthy or harmless counterpart by its name. Where the
 * names do not tell, the likelier one, at last the second.
 * @param classes in ascending order
 * @returns undefined unless there are two
 */
export function positiveClass(classes: readonly string[]): PositiveClass | undefined {
  if (classes.length !== 2) return undefined;
  const [first, second] = classes as [string, string];
  return byNumber(first, second) ?? byPair(first, second) ?? byWords(first, second);
}

/**
 * The positive class of a model that counts its classes in this order.
 * @param classes as {@link orderClasses} gives them
 * @param chosen what a person said, if one did
 */
export function positiveOf(classes: readonly string[], chosen: string | undefined): PositiveClass | undefined {
  const byName = positiveClass([...classes].sort());
  const [, positive] = classes;
  if (!byName || positive === undefined) return undefined;
  if (chosen !== undefined) return { positive, certain: true, why: 'it was chosen as the positive class' };
  return byName.positive === positive ? byName : { positive, certain: false, why: 'nothing in the names says so' };
}

/** A warning for numbers about a class that nobody chose and no name gives away. */
export function positiveWarnings(
  classes: readonly string[],
  chosen: string | undefined,
): { code: string; message: string }[] {
  const found = positiveOf(classes, chosen);
  return !found || found.certain ? [] : [{ code: 'POSITIVE_UNCERTAIN', message: doubtOf(classes, found) }];
}

/** What the sentence about an uncertain positive class says, without what to do. */
export const doubtOf = (classes: readonly string[], { positive }: PositiveClass): string =>
  `The names ${classes.map(quoted).join(' and ')} do not say for certain which class is the finding: ${quoted(positive)} is taken as the positive class, to which sensitivity, specificity and AUPRC refer.`;

/**
 * Classes in the order in which a model counts them: of two, the positive one is the second.
 * @param classes in ascending order
 * @param positive the user's choice
 * @throws CutpointError INPUT_INVALID where the choice is none of two classes
 */
export function orderClasses(classes: readonly string[], positive: string | undefined): string[] {
  if (positive !== undefined && (classes.length !== 2 || !classes.includes(positive))) {
    throw new CutpointError(
      'INPUT_INVALID',
      classes.length === 2
        ? `'${positive}' cannot be the positive class: there is no class of that name.`
        : `A positive class can be chosen between two classes, and there are ${classes.length}.`,
      { remedy: `The classes are: ${classes.join(', ')}.`, details: { valid: [...classes] } },
    );
  }
  const last = positive ?? positiveClass(classes)?.positive;
  return [...classes].sort((a, b) => Number(a === last) - Number(b === last));
}

const quoted = (name: string): string => `‘${name}’`;

/** Two numbers, alone or behind the same words: 0 and 1, grade 1 and grade 3. */
function byNumber(first: string, second: string): PositiveClass | undefined {
  const plain = [first, second].map((name) => (name.trim() === '' ? Number.NaN : Number(name)));
  const { left, right, shared } = apart(first, second);
  const [a, b] = plain.every(Number.isFinite) ? plain : [left, right].map(soleNumber);
  if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b) || a === b) return undefined;
  const positive = b > a ? second : first;
  const [less, more] = [Math.min(a, b), Math.max(a, b)];
  const certain = (less <= 0 && more > 0 && !isCounted(shared)) || risesWith(shared);
  return { positive, certain, why: certain ? `${more} denotes more than ${less}` : `${more} is the larger number` };
}

const soleNumber = (words: readonly string[]): number =>
  words.length === 1 && /^\d+$/.test(words[0]!) ? Number(words[0]) : Number.NaN;

/** Names that mean something only beside each other; the first of each is positive. */
const PAIRS: readonly (readonly [string, string])[] = [
  ...([['m', 'b'], ['p', 'n'], ['t', 'f'], ['y', 'n'], ['all', 'hem'], ['ad', 'mci'], ['p mci', 's mci']] as const),
  ...([['d mmr', 'p mmr'], ['rg', 'nrg'], ['asd', 'td'], ['oscc', 'opmd'], ['carcinoma', 'adenoma']] as const),
  ...([['adenoma', 'hyperplastic'], ['adenomatous', 'hyperplastic'], ['melanoma', 'nevus'], ['mel', 'nv']] as const),
  ...([['case', 'control'], ['asd', 'tc'], ['ko', 'wt'], ['tp', 'fp'], ['tp', 'tn'], ['metastatic', 'primary'], ['idc', 'dcis'], ['msimut', 'mss'], ['msi', 'mss']] as const),
  ...([['late', 'early'], ['progressive', 'stable'], ['active', 'inactive'], ['invasive', 'in situ']] as const),
  ...([['moderate', 'mild'], ['severe', 'moderate'], ['ncp', 'cp'], ['pcr', 'rd']] as const),
]; // prettier-ignore

function byPair(first: string, second: string): PositiveClass | undefined {
  const [a, b] = [first, second].map((name) => wordsOf(name).join(' '));
  for (const [positive, negative] of PAIRS) {
    const found = a === positive && b === negative ? first : b === positive && a === negative ? second : undefined;
    if (found === undefined) continue;
    return { positive: found, certain: true, why: `of ${quoted(first)} and ${quoted(second)} it is the finding` };
  }
  return undefined;
}

const WHY: Record<Said, (name: string) => string> = {
  healthy: (name) => `${quoted(name)} names what is healthy or absent`,
  benign: (name) => `${quoted(name)} names what is harmless`,
  lesser: (name) => `${quoted(name)} names what is less harmful`,
  unsaid: (name) => `${quoted(name)} names no finding`,
  diagnosis: (name) => `${quoted(name)} names a lesser finding`,
  finding: (name) => `${quoted(name)} names a lesser finding`,
};

function byWords(first: string, second: string): PositiveClass {
  const { left, right, shared } = apart(first, second);
  const says = [saidBy(left, right), saidBy(right, left)] as const;
  const guess = (positive: string): PositiveClass => ({
    positive,
    certain: false,
    why: 'nothing in the names says so',
  });
  if (isNoFinding(shared)) return guess(second);
  for (const [at, said] of says.entries()) {
    const against = says[1 - at];
    const [own, other] = at === 0 ? [first, second] : [second, first];
    // What is left over is not what is looked for, unless the one class that has a name is the healthy one.
    if (said !== 'other' || against === 'other') continue;
    if (against === 'healthy') return { positive: own, certain: true, why: WHY.healthy(other) };
    if (against === 'benign' || against === 'lesser' || against === undefined) return guess(other);
    return { positive: other, certain: true, why: `${quoted(own)} names everything else` };
  }
  const [a, b] = says.map((said) => (said === undefined || said === 'other' ? 'unsaid' : said)) as [Said, Said];
  if (SEVERITY[a] === SEVERITY[b]) return guess(second);
  const [less, more, positive, lesser] = SEVERITY[a] < SEVERITY[b] ? [a, b, second, first] : [b, a, first, second];
  // Two names of diseases, of which one is known to be grave, or a name that says two things: likely, and no more.
  const known = more === 'finding' || more === 'diagnosis';
  const certain =
    !says.includes(undefined) &&
    (less === 'healthy' ||
      less === 'benign' ||
      (less === 'lesser' && known) ||
      (less === 'unsaid' &&
        more === 'finding' &&
        isFindingBeside(...(less === a ? ([right, left] as const) : ([left, right] as const)))));
  return certain ? { positive, certain, why: WHY[less](lesser) } : guess(positive);
}

/** The words in which two names differ, and those that they share; where one has none of its own, all words of both. */
function apart(first: string, second: string): { left: string[]; right: string[]; shared: string[] } {
  const [left, right] = withoutStem(...withoutNumbers(wordsOf(first), wordsOf(second)));
  const [own, others] = [left.filter((word) => !right.includes(word)), right.filter((word) => !left.includes(word))];
  const shared = left.filter((word) => right.includes(word));
  return own.length === 0 || others.length === 0 ? { left, right, shared } : { left: own, right: others, shared };
}

/** `covidneg` and `covidpos` → `covid`, `neg` and `covid`, `pos`: where the stem of both is one. */
function withoutStem(first: string[], second: string[]): [string[], string[]] {
  const [a, b] = [first, second].map((words) =>
    /^(.+?)((?:neg|pos)(?:ative|itive|ativ|itiv)?)$/.exec(words.at(-1) ?? ''),
  );
  if (!a || !b || a[1] !== b[1]) return [first, second];
  return [
    [...first.slice(0, -1), a[1]!, a[2]!],
    [...second.slice(0, -1), b[1]!, b[2]!],
  ];
}

/** `0_no_tumor` and `1_tumor` are numbered; where only the numbers differ, they say it. */
function withoutNumbers(first: string[], second: string[]): [string[], string[]] {
  const [a, b] = [first, second].map((words) => words.filter((word) => !/^\d+$/.test(word))) as [string[], string[]];
  return a.length === 0 || b.length === 0 || a.join(' ') === b.join(' ') ? [first, second] : [a, b];
}
