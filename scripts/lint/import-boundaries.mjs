import { builtinModules } from 'node:module';
import { dirname, relative, resolve, sep } from 'node:path';
import { application, closedFolders, reserved, rooms } from './boundaries.mjs';

const builtins = new Set(builtinModules);

const within = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** `../contract/x.ts` seen from a file → `src-main/contract/x.ts`; `fs` → `node:fs`; a package stays as written. */
function target(specifier, file, root) {
  if (specifier.startsWith('.'))
    return relative(root, resolve(dirname(file), specifier))
      .split(sep)
      .join('/');
  const bare = specifier.split('?')[0];
  return builtins.has(bare) ? `node:${bare}` : bare;
}

const matches = (name, pattern) =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : within(name, pattern);

/** Why a file may not import a target, or undefined where it may. Both are paths relative to the repository root. */
export function refusal(file, name) {
  if (!application.some((folder) => within(file, folder))) return undefined;
  const closed = closedFolders.find(({ folder }) => within(file, folder));
  if (closed && !closed.may.some((pattern) => matches(name, pattern))) {
    return `${closed.folder} may import only ${closed.may.join(', ')}`;
  }
  const row = reserved.find(({ imports }) => imports.some((pattern) => matches(name, pattern)));
  if (row && !row.only.some((folder) => within(file, folder))) {
    return `only ${row.only.join(', ')} may import it: ${row.why}`;
  }
  return misplaced(file, name);
}

/** Why a room may not import another, or undefined where it may. */
function misplaced(file, name) {
  const [from, to] = [roomOf(file), roomOf(name)];
  if (!from || !to || from.folder !== to.folder || from.room === to.room || to.layer < from.layer) return undefined;
  return `${from.room} lies ${to.layer === from.layer ? 'beside' : 'below'} ${to.room}`;
}

function roomOf(path) {
  const house = rooms.find(({ folder }) => within(path, folder));
  if (!house) return undefined;
  const { folder, layers } = house;
  const room = path.slice(folder.length + 1).split('/')[0];
  const layer = layers.findIndex((layer) => layer.includes(room));
  return layer < 0 ? undefined : { folder, room, layer };
}

/** ESLint rule over the tables in boundaries.mjs; watches import, export from, import() and require(). */
export const importBoundaries = {
  meta: { type: 'problem', schema: [], messages: { refused: "'{{specifier}}' is not allowed here: {{reason}}." } },
  create(context) {
    const root = context.cwd;
    const file = relative(root, context.filename).split(sep).join('/');
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const reason = refusal(file, target(source.value, context.filename, root));
      if (reason) context.report({ node: source, messageId: 'refused', data: { specifier: source.value, reason } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
      CallExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') check(node.arguments[0]);
      },
    };
  },
};
