import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Words that the window, the command line and the reports do not use, and those that they use instead. */
const INSTEAD: [words: RegExp, instead: string][] = [
  [/\bpictures?\b/i, 'image'],
  [/\bsample study\b/i, 'sample data; what is done with a data selection is a study'],
  [/\bnot inferior\b/, 'non-inferior'],
  [/\bbehind (?:the|its|a) cut\b/, 'after the cut'],
  [/\bthrown away\b/, 'removed, discarded'],
  [/\bfor itself\b/, 'on its own'],
  [/\b(?:go|goes|gone|went|going) on\b/i, 'continue, resume'],
];

/** What is no sentence: lines of code for Python, names of classes in data sets, seeds of generators. */
const NO_SENTENCES = [
  'src-main/engine/export/recipe.ts',
  'src-main/engine/export/usage.ts',
  'src-main/contract/classNames.ts',
  'src-main/engine/data/sample/',
];
/** Texts in which such a word is meant. */
const MEANT = [/'sample study'/, /^`?'?picture\.\w+/, /<pictures>/, /\bpicture \(each image its own\)/];

const sources = ['src-main', 'src-preload', 'src-renderer']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name).replaceAll(sep, '/'),
    ),
  )
  .filter((name) => /\.(ts|vue)$/.test(name) && !NO_SENTENCES.some((each) => name.startsWith(each)));

/** Texts of several words in a source file; of a template its words and attributes. */
function textsOf(name: string): string[] {
  const source = readFileSync(join(root, name), 'utf8');
  if (!name.endsWith('.vue')) return literalsOf(name, source);
  const [, script = ''] = /<script[^>]*>([\s\S]*?)<\/script>/.exec(source) ?? [];
  const [, template = ''] = /<template>([\s\S]*)<\/template>/.exec(source) ?? [];
  const words = template.replace(/<!--[\s\S]*?-->/g, '').replace(/\{\{[\s\S]*?\}\}/g, ' … ');
  const shown = words.replace(/\s[:@#]?(?:v-)?[\w:.-]+="(?:[^"]*)"/g, (attribute) =>
    /^\s(?:label|title|hint|lead|empty|action|aria-label)=/.test(attribute) ? attribute : ' ',
  );
  const computed = [...template.matchAll(/'([^'\n]*)'/g)].map(([, text]) => text!);
  return [...literalsOf(name, script), ...computed, ...shown.split(/[<>]/).map((text) => text.replace(/\s+/g, ' '))];
}

function literalsOf(name: string, source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = node.getText();
      if (/[A-Za-z]{2,}[ ,.:;]+\S*[A-Za-z]/.test(text)) found.push(text.replace(/\$\{[^}]*\}/g, '…'));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true));
  return found;
}

test('one word per thing in all that a person reads', () => {
  const texts = sources.flatMap((name) => textsOf(name).map((text) => ({ name, text })));
  expect(texts.length).toBeGreaterThan(2000);
  const found = texts.flatMap(({ name, text }) =>
    INSTEAD.filter(([words]) => words.test(text) && !MEANT.some((meant) => meant.test(text))).map(
      ([, instead]) => `${name}: ${text.trim().slice(0, 200)} → ${instead}`,
    ),
  );
  expect(found).toEqual([]);
});
