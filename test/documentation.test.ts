import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CommanderError, type Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { problemOf } from '../src-main/cli/problem.ts';
import { createProgram } from '../src-main/cli/program.ts';

const root = resolve(import.meta.dirname, '..');
const whole = await createProgram();
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'],
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Options of npm's scripts, and those that every command has. */
const NOT_OURS = new Set(['--web', '--verify', '--help', '--quick', '--cpu']);

const FENCE = /^```.*\n([\s\S]*?)^```$/gm;
const prose = (text: string) => text.replace(FENCE, '');
/** What stands between backticks, and the lines of code blocks, continued ones as one. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(FENCE)].flatMap(([, block]) => block!.replace(/\\\n\s*/g, ' ').split('\n'));
  return [...blocks, ...[...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!)];
}

/** The anchors of a page's headings, as code hosts make them. */
function anchorsOf(text: string): string[] {
  return [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test('README has at most 900 words', () => {
  expect(read('README.md').split(/\s+/).filter(Boolean).length).toBeLessThanOrEqual(900);
});

test('every page of docs can be reached from README', () => {
  for (const page of pages.slice(1)) expect(read('README.md')).toContain(`](${page})`);
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('its links and anchors lead to something', () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const lost = links.filter((link) => {
      const [path, anchor] = link.split('#') as [string, string?];
      const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
    });
    expect(lost).toEqual([]);
  });

  test('the files and folders of this repository that it names are there', () => {
    const paths = codeIn(text).filter((code) => /^(src-\w+|test|scripts|resources|bin|docs)\/[\w./-]+$/.test(code));
    // FAMILY and its like stand for a name.
    const lost = paths.filter((path) => !/[A-Z]{3}/.test(path) && !existsSync(join(root, path)));
    expect(lost).toEqual([]);
  });

  test('it names no address of a host and no place on a machine', () => {
    expect(text).not.toMatch(/\b(?:https?|ftp|git):\/\/|\bwww\./);
    expect(text).not.toMatch(/(?<![\w.$])\/(?:work|tmp|home|root|Users|usr|opt)\b/);
  });

  test('the scripts of npm that it names are there', () => {
    const named = codeIn(text).flatMap((code) => [...code.matchAll(/\bnpm (?:run (\S+)|(start|test)\b)/g)]);
    for (const [, ran, short] of named) expect(Object.keys(scripts)).toContain(ran ?? short);
    for (const [name] of prose(text).matchAll(/(?<=`)(?:bench|test|pretrain):[\w-]+(?=`)/g))
      expect(Object.keys(scripts)).toContain(name);
  });

  test('the commands of Cutpoint that it names are understood', async () => {
    for (const code of codeIn(text)) {
      const [, rest] = /^(?:cutpoint|bin\/cutpoint\.mjs)(?: (.*))?$/.exec(code.replace(/\s+#.*$/, '').trim()) ?? [];
      if (rest !== undefined) expect(await refusalOf(rest), code).toBeUndefined();
    }
  });

  test('the options that it names are there', () => {
    const known = new Set(commandsOf(whole).flatMap(({ options }) => options.map(({ long }) => long)));
    const named = codeIn(text).flatMap((code) =>
      [...code.matchAll(/(?<!\S)--[a-z][a-z-]*[a-z]/g)].map(([name]) => name),
    );
    const unknown = named.filter((name) => !known.has(name) && !NOT_OURS.has(name));
    expect(unknown).toEqual([]);
  });
});

test('the page of the command line names every command', () => {
  const [, table] = /^## Commands$([\s\S]*?)^## /m.exec(read('docs/command-line.md'))!;
  const first = table!.split('\n').map((row) => row.split('|')[1] ?? '');
  const named = new Set(first.flatMap((cell) => codeIn(cell).map((code) => code.replace(/ (?:[A-Z[-].*)$/, ''))));
  const all = commandsOf(whole)
    .filter(({ commands, parent }) => parent !== null && commands.length === 0)
    .map((command) => pathOf(command).join(' '));
  expect(all.filter((name) => !named.has(name) && !name.endsWith('help'))).toEqual([]);
  const groups = commandsOf(whole).map((command) => pathOf(command).join(' '));
  expect([...named].filter((name) => !groups.includes(name))).toEqual([]);
});

const commandsOf = (command: Command): Command[] => [command, ...command.commands.flatMap(commandsOf)];
const pathOf = (command: Command): string[] => (command.parent ? [...pathOf(command.parent), command.name()] : []);

test('the page of the architecture names every folder of the application', () => {
  const parents = ['src-main', 'src-main/engine', 'src-renderer', 'src-renderer/features'];
  const folders = parents
    .flatMap((parent) =>
      readdirSync(join(root, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}`),
    )
    .filter((folder) => !parents.includes(folder));
  const named = new Set(codeIn(read('docs/architecture.md')));
  expect(folders.filter((folder) => !named.has(folder))).toEqual([]);
});

/** Why the command line would not take these words; undefined where it would. Nothing is done. */
async function refusalOf(words: string): Promise<string | undefined> {
  const program = await createProgram();
  program.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const command of commandsOf(program)) {
    if (command.parent) command.action(() => {});
    // A sentence may speak of a command without its arguments.
    for (const argument of command.registeredArguments) argument.required = false;
    for (const option of command.options) option.mandatory = false;
  }
  const variables = words.replace(/\$DATA\b/, '--data study').replaceAll('…', 'x');
  const args = [...variables.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  // `cutpoint COMMAND --help` is about any command.
  if (/^[A-Z]+$/.test(args[0]!)) return undefined;
  try {
    program.parse(args, { from: 'user' });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return undefined;
    return problemOf(thrown).message;
  }
}
