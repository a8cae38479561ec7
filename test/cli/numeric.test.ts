import type { Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { NumericOption } from '../../src-main/cli/options/numeric.ts';
import { rangeInWords, rangeOf } from '../../src-main/cli/options/range.ts';
import { planOf } from '../../src-main/cli/options/train.ts';
import { problemOf } from '../../src-main/cli/problem.ts';
import { createProgram } from '../../src-main/cli/program.ts';
import type { CutpointError } from '../../src-main/contract/errors.ts';

/** What options take that is no number, by the word for it in the help. A new one is put here or made a NumericOption. */
const NO_NUMBERS =
  /<(dir|csv|name|names|column|regex|what|scale|id|codes|when|how|kind|class|pictures|format|precision|path|state|network|part|text|columns|values|date|tag|reason|which|code|files|file=class|value=name|file|policy|rules)(\.\.\.)?>/;

/** Every command, `source add` as well. */
function commandsOf(parent: Command): Command[] {
  return parent.commands.flatMap((command) => [command, ...commandsOf(command)]);
}
const takesValue = ({ required, optional }: Option) => required || optional;
const pathOf = (command: Command): string[] => (command.parent ? [...pathOf(command.parent), command.name()] : []);

const program = await createProgram();
const options = commandsOf(program).flatMap((command) => {
  // What is asked for is not done.
  if (command.commands.length === 0) command.action(() => {});
  return command.options
    .filter(takesValue)
    .map((option) => ({ command, option, name: `${pathOf(command).join(' ')} ${option.flags}` }));
});
const numeric = options.flatMap(({ option, ...rest }) =>
  option instanceof NumericOption ? [{ ...rest, option }] : [],
);
type Case = (typeof numeric)[number];

/** The value that a command line gives an option. @throws as `cutpoint` does */
function read({ command, option }: Pick<Case, 'command' | 'option'>, text: string): unknown {
  const args = command.registeredArguments
    .filter(({ required }) => required)
    .map(({ argChoices }) => argChoices?.[0] ?? 'x');
  const needed = command.options
    .filter((each) => each.mandatory && each !== option)
    .flatMap(({ long, argChoices }) => [long!, argChoices?.[0] ?? 'full']);
  program.parse([...pathOf(command), ...args, ...needed, `${option.long}=${text}`], { from: 'user' });
  return command.getOptionValue(option.attributeName());
}

function refusal(option: Pick<Case, 'command' | 'option'>, text: string): CutpointError {
  let value: unknown;
  try {
    value = read(option, text);
  } catch (thrown) {
    return problemOf(thrown);
  }
  throw new Error(`'${text}' was taken for ${JSON.stringify(value)}`);
}

/** Texts that are no number of the schema, and those at its borders that are. */
function bordersOf(schema: z.ZodType): { refused: string[]; taken: string[] } {
  const { whole, least, most, above, below } = rangeOf(schema);
  const next = (value: number, by: 1 | -1) =>
    whole ? value + by : value + by * Math.max(1e-9, Math.abs(value) * 1e-9);
  const refused = ['', ' ', 'abc', 'NaN', 'Infinity', '-Infinity', '1e999', '0x10', '1_0', '5px', '٣'];
  const taken: string[] = [];
  if (whole) refused.push('2.5', '1e-3', '1e308');
  if (least !== undefined) {
    refused.push(String(above ? least : next(least, -1)), '-1e308', String(-Math.abs(least) - 1));
    taken.push(String(above ? next(least, 1) : least));
  }
  if (most !== undefined) {
    refused.push(
      String(below ? most : most === Number.MAX_SAFE_INTEGER ? '9007199254740992' : next(most, 1)),
      '1e308',
      '1e20',
    );
    taken.push(String(below ? next(most, -1) : most));
  }
  return { refused, taken };
}

describe('numeric options of all commands', () => {
  test('an option that takes a value takes numbers of a known range, or what is known to be no number', () => {
    const unknown = options.filter(
      ({ option }) => !(option instanceof NumericOption) && !NO_NUMBERS.test(option.flags),
    );
    expect(unknown.map(({ name }) => name)).toEqual([]);
    expect(numeric.length).toBeGreaterThan(120);
  });

  test.each(numeric)('$name', (each) => {
    const { option } = each;
    const { one, each: element, word } = option.takes;
    for (const [schema, write] of [
      [one, (text: string) => text],
      [element, (text: string) => (one ? `${text},` : text)],
    ] as const) {
      if (!schema) continue;
      const { least, most } = rangeOf(schema);
      // What has no end lets a study be ruined without a word.
      expect([least, most]).toEqual([expect.any(Number), expect.any(Number)]);
      const { refused, taken } = bordersOf(schema);
      for (const text of refused) {
        const error = refusal(each, write(text));
        expect(error).toMatchObject({ code: 'INPUT_INVALID', kind: 'user', remedy: expect.any(String) });
        expect(error.message).toMatch(new RegExp(`^${option.long} must be `));
        expect(error.message).toContain(rangeInWords(schema));
      }
      for (const text of taken) {
        const [value] = [read(each, write(text))].flat();
        if (typeof value === 'number') expect(value).toBe(Number(text));
        else expect(Object.values(value as object)).toContain(Number(text));
      }
    }
    if (word) expect(read(each, word)).toBe(word);
    expect(option.description).toContain(rangeOf((one ?? element)!).short);
  });
});

test('a list is refused for one of its numbers, and says what each has to be', () => {
  const shares = numeric.find(({ name }) => name.startsWith('learning-curve --shares'))!;
  expect(refusal(shares, '0.5,0').message).toBe(
    "--shares must be one or more numbers, separated by commas, each a number above 0 and at most 1; '0.5,0' is not.",
  );
});

test('settings that are allowed but not with one another name their options', () => {
  const plan = (...args: string[]) => {
    const train = program.commands.find((command) => command.name() === 'train')!;
    program.parse(['train', '--data', 'x', ...args], { from: 'user' });
    return planOf(train);
  };
  expect(() => plan('--split-test', '0.5', '--split-validation', '0.6')).toThrow(
    '--split-test (validation and test together must leave patients to train on)',
  );
  expect(() => plan('--lr', '0.001', '--schedule-minimum', '0.01')).toThrow(
    '--schedule-minimum must be at most the learning rate at the start (--lr), 0.001; 0.01 is not.',
  );
  expect(() => plan('--group-pattern', 'x'.repeat(1001))).toThrow('--group-pattern (');
  expect(plan('--lr', '1e-8').learningRate).toBe(1e-8);
});
