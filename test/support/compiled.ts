import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const files = new Map<string, ts.SourceFile | undefined>();

/**
 * What the compiler says against each of these sources, under the options of this repository; a source may import from
 * the repository as a file in its root would.
 * @param sources by name
 */
export function compileErrors(sources: Readonly<Record<string, string>>): Record<string, string[]> {
  const read = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...read.config, files: [], include: undefined }, ts.sys, root, {
    types: [],
    noEmit: true,
    composite: false,
    emitDeclarationOnly: false,
  });
  const texts = new Map(Object.entries(sources).map(([name, text]) => [join(root, `${name}.made-up.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists.call(host, path);
  host.readFile = (path) => texts.get(path) ?? readFile.call(host, path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
    if (!files.has(path)) files.set(path, getSourceFile.call(host, path, ...rest));
    return files.get(path);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return Object.fromEntries(
    [...texts.keys()].map((path, at) => [
      Object.keys(sources)[at]!,
      program
        .getSemanticDiagnostics(program.getSourceFile(path))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}
