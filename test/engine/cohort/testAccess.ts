import ts from 'typescript';

/** Ways to the test part of a run. */
export type Way =
  /** Which image is in which part. */
  | 'splits'
  /** Images, as they are stored. */
  | 'datasets'
  /** What was predicted on the test images, and what was measured. */
  | 'predictions'
  | 'evaluations'
  /** The test part is singled out by name. */
  | 'named'
  /** A split is drawn anew: the same seed gives the same test part. */
  | 'drawn';

const AGGREGATES: readonly string[] = ['splits', 'datasets', 'predictions', 'evaluations'] satisfies Way[];
/** What the store's own files call what `load` of an aggregate does, and what draws a split. */
const FUNCTIONS: Readonly<Record<string, Way>> = {
  loadSplit: 'splits',
  loadDataset: 'datasets',
  loadPredictions: 'predictions',
  loadEvaluation: 'evaluations',
  splitByGroup: 'drawn',
  foldSplit: 'drawn',
};
/** Files of these functions, which nobody may import as a whole. */
const MODULES = /(queries\/(splits|datasets|predictions|evaluations)|data\/(split|folds))\.ts$/;

/**
 * Where a source text comes near the test part of a run. It is parsed, not typed: whatever is not plainly harmless counts.
 * @returns each way with its line, counted from 1
 */
export function testAccess(source: string): { way: Way; line: number }[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: { way: Way; line: number }[] = [];
  const note = (way: Way, node: ts.Node): void => {
    found.push({ way, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    const way = aggregate(node) ?? wholeModule(node) ?? named(node) ?? drawn(node);
    if (way) note(way, node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** `store.splits.load`, by whatever other name it is called later. */
function aggregate(node: ts.Node): Way | null {
  if (ts.isBindingElement(node)) {
    const name = textOf(node.propertyName ?? node.name);
    return isAggregate(name) && comesFromStore(node) ? name : null;
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return null;
  const name = accessed(node);
  if (!isAggregate(name)) return null;
  const { parent } = node;
  const method = isAccessOf(parent, node) ? accessed(parent) : undefined;
  if (method === 'load') return isHarmless(parent.parent, parent) ? null : name;
  // Another method, or what is called `datasets` elsewhere.
  return method === undefined && ofStore(node.expression) && !ts.isCallExpression(parent) ? name : null;
}

const isAggregate = (name: string | undefined): name is Way => name !== undefined && AGGREGATES.includes(name);

/** `store`, `workspace.store`, `context.workspace.store`. */
function ofStore(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return /store$/i.test(node.text);
  return ts.isPropertyAccessExpression(node) && /store$/i.test(node.name.text);
}

/** `const { splits } = store`, `({ splits }: Store) => …`, `({ store: { splits } }) => …`. */
function comesFromStore(node: ts.BindingElement): boolean {
  for (let up: ts.Node = node.parent; ; up = up.parent) {
    if (ts.isBindingElement(up) && textOf(up.propertyName) === 'store') return true;
    if (ts.isVariableDeclaration(up)) return up.initializer !== undefined && ofStore(up.initializer);
    if (ts.isParameter(up)) return /\b(Store|Reader)\b|\['store'\]/.test(up.type?.getText() ?? '');
    if (!ts.isBindingElement(up) && !ts.isObjectBindingPattern(up)) return false;
  }
}

/** The call of a `load` that says itself that it is of the validation images. */
function isHarmless(node: ts.Node, callee: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression === callee && textOf(node.arguments[1]) === 'validation';
}

/** `import * as`, `import(…)` or `export … from` a file that the ways lie in. */
function wholeModule(node: ts.Node): Way | null {
  const isWhole =
    (ts.isImportDeclaration(node) &&
      node.importClause?.namedBindings !== undefined &&
      ts.isNamespaceImport(node.importClause.namedBindings)) ||
    (ts.isExportDeclaration(node) && !node.isTypeOnly);
  if (isWhole && node.moduleSpecifier) return MODULES.test(textOf(node.moduleSpecifier) ?? '') ? 'drawn' : null;
  const isImport = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImport && MODULES.test(textOf(node.arguments[0]) ?? '') ? 'drawn' : null;
}

/** The word `test` where something is compared with it or looked up by it; to store under it, or to say it, is no access. */
function named(node: ts.Node): Way | null {
  if (!ts.isStringLiteralLike(node) || node.text !== 'test') return null;
  const { parent } = node;
  if (ts.isLiteralTypeNode(parent) || ts.isPropertyAssignment(parent)) return null;
  // A call of `save`, or the message that asks for one.
  const isSaved = ts.isCallExpression(parent)
    ? /\.save$/.test(parent.expression.getText())
    : ts.isArrayLiteralExpression(parent) && textOf(parent.elements[1]) === 'save';
  return isSaved ? null : 'named';
}

function drawn(node: ts.Node): Way | null {
  if (!ts.isIdentifier(node) || !Object.hasOwn(FUNCTIONS, node.text)) return null;
  // Once, where it is imported, by whatever name it is called later.
  return ts.isImportSpecifier(node.parent) && (node.parent.propertyName ?? node.parent.name) === node
    ? FUNCTIONS[node.text]!
    : null;
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const accessed = (node: Access): string | undefined =>
  ts.isPropertyAccessExpression(node) ? node.name.text : textOf(node.argumentExpression);

const isAccessOf = (node: ts.Node, object: ts.Node): node is Access =>
  (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && node.expression === object;

/** A name or the value of a plain string. */
function textOf(node: ts.Node | undefined): string | undefined {
  return node && (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) ? node.text : undefined;
}
