import { globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

const projects = ['shared', 'engine', 'window', 'tools'] as const;
type Project = (typeof projects)[number];

function configOf(project: Project): ts.ParsedCommandLine {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
  // As vue-tsc does.
  const vue: ts.FileExtensionInfo = { extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred };
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, `tsconfig.${project}.json`),
    {},
    host,
    undefined,
    undefined,
    [vue],
  );
  if (!config) throw new Error(`tsconfig.${project}.json cannot be read`);
  return config;
}

/** The messages about one more file, `name` with this text, in a project with all its files. */
function messagesFor(project: Project, name: string, lines: readonly string[]): string[][] {
  const { options, fileNames } = configOf(project);
  const added = join(root, name);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === added || fileExists(path);
  host.getSourceFile = (path, language, ...rest) =>
    path === added ? ts.createSourceFile(path, lines.join('\n'), language) : getSourceFile(path, language, ...rest);
  const rootNames = [...fileNames.filter((path) => !path.endsWith('.vue')), added];
  const program = ts.createProgram({ rootNames, options: { ...options, composite: false, noEmit: true }, host });
  const file = program.getSourceFile(added);
  if (!file) throw new Error(`${name} is not part of the program`);
  const found = program.getSemanticDiagnostics(file);
  return lines.map((_, line) =>
    found
      .filter(({ start }) => file.getLineAndCharacterOfPosition(start ?? 0).line === line)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

const node = [
  'export const a = process.cwd();',
  'export const b = Buffer.alloc(1);',
  "export * as c from 'node:fs';",
  'export type D = NodeJS.ErrnoException;',
  'export const e = import.meta.dirname;',
];
/** Node has a localStorage, too. */
const browser = [
  'export const f = document.title;',
  'export const g = window.name;',
  "export const h = localStorage.getItem('h');",
  'export type I = HTMLElement;',
];
const both = [
  'export const j = new AbortController().signal;',
  'export const k = structuredClone({});',
  'export const l = new Float16Array(1);',
];

describe.each([
  ['shared', 'src-main/contract/added.ts', [...node, ...browser], both],
  ['engine', 'src-main/engine/added.ts', browser.filter((line) => !line.includes('localStorage')), [...node, ...both]],
  ['window', 'src-renderer/added.ts', node, [...browser, ...both]],
] as const)('the compiler holds the surroundings of the project "%s"', (project, name, refused, allowed) => {
  const lines = [...refused, ...allowed];
  const messages = messagesFor(project, name, lines);

  test.each(lines.map((line, index) => [index < refused.length ? 'refuses' : 'allows', line, index] as const))(
    '%s %s',
    (verdict, _, index) => {
      if (verdict === 'allows') expect(messages[index]).toEqual([]);
      else expect(messages[index]).toEqual([expect.stringMatching(/^(Cannot find|Property '\w+' does not exist)/)]);
    },
  );
});

test('every source file belongs to one project', () => {
  const sources = globSync('{*,{bin,scripts,src-*,test}/**/*}.{ts,vue,js,mjs}', { cwd: root });
  const owners = new Map<string, Project[]>();
  for (const project of projects)
    for (const path of configOf(project).fileNames) {
      const name = relative(root, path).replaceAll('\\', '/');
      owners.set(name, [...(owners.get(name) ?? []), project]);
    }
  // Names of channels and types, which both sides of the preload script are held to.
  const strays = sources
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'src-preload/bridge.ts' && owners.get(path)?.length !== 1);
  expect(sources.length).toBeGreaterThan(600);
  expect(strays.map((path) => `${path}: ${owners.get(path)?.join(', ') ?? 'none'}`)).toEqual([]);
});
