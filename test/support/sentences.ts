import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Where the sentences are made that reach the window; those of the command line stay English. */
const PLACES = ['engine', 'backbone', 'contract', 'rpc'];
/** Of files and folders of whoever is at the screen. */
const BESIDE = /^(user\w+|makeFolder|web\/dropped|features\/data\/dropStore)\.ts$/;
/** What is written to files that leave the application, to the terminal, or to the database. */
const ELSEWHERE =
  /export\/(card|sourceCard|recipe|usage)\.ts$|contract\/splitSentence\.ts$|engine\/report\/|engine\/(main|host\/runEngine|lanes\/laneProcess)\.ts$|rpc\/serialise|rpc\/transports|store\/migrations/;
const SQL = /\b(SELECT|INSERT|UPDATE|DELETE|VACUUM|WHERE)\b/;
/** What completes `The file is damaged: …` and the like, as these say it. */
const REASONS = /^(corrupt|damaged|unsupported|notABackup|notReadable|unusable|broken|refuse|failed)$/;
/** Errors of programmers, and what no window is open for. */
const UNSEEN = ['No engine.'];

/**
 * Every sentence that stands in the source of the engine, and every reason that is part of one, with `{1}`, `{2}`, …
 * where values stand.
 * @param root folder of the main process, or of the window, which has errors of its own
 */
export function sentencesOf(root: string): { file: string; text: string }[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => PLACES.includes(name.split('/')[0]!) || BESIDE.test(name))
    .filter((name) => /(?<!\.d)\.ts$/.test(name) && !ELSEWHERE.test(name))
    .flatMap((file) => inFile(join(root, file)).map((text) => ({ file, text })));
}

const isSentence = (text: string): boolean =>
  /^["'“‘`]?[\p{Lu}{]/u.test(text) && / /.test(text) && /[.?!]["'”’]?$/.test(text) && !SQL.test(text);

function inFile(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === null) return ts.forEachChild(node, visit);
    if ((isSentence(text) || isReason(node, text)) && !UNSEEN.includes(text)) found.push(numbered(text));
    // Within a template there may be sentences of their own.
    for (const inner of templatesIn(node)) for (const span of inner.templateSpans) visit(span.expression);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

const isReason = ({ parent }: ts.Node, text: string): boolean =>
  ts.isCallExpression(parent) && REASONS.test(parent.expression.getText()) && / /.test(text.trim());

/** A text that may be put together of several lines. */
function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === null || right === null ? null : left + right;
}

function templatesIn(node: ts.Node): ts.TemplateExpression[] {
  if (ts.isTemplateExpression(node)) return [node];
  return ts.isBinaryExpression(node) ? [...templatesIn(node.left), ...templatesIn(node.right)] : [];
}

function numbered(text: string): string {
  let at = 0;
  return text.replaceAll('{}', () => `{${++at}}`);
}
