import type { FoundLayout, SplitPart } from '../../contract/layout.ts';
import { compare } from './walk.ts';

const NAMES =
  /^(?:\d+[ _.-]+)?(?:(train(?:ing)?|trn)|(val(?:id(?:ation)?)?|dev)|(test(?:ing)?|tst))(?:[ _-]?(?:set|data|images|imgs|split))?$/i;
const PARTS: readonly SplitPart[] = ['train', 'validation', 'test'];

/** The part of a split that a folder is named after: `train`, `Training`, `valid`, `test_set`. */
export function partOfFolder(name: string): SplitPart | undefined {
  const found = NAMES.exec(name)?.slice(1);
  return found && PARTS[found.findIndex((each) => each !== undefined)];
}

/** Folders, each as the names on the way to it. */
export type Way = readonly string[];

type FoundParts = Pick<NonNullable<FoundLayout['split']>, 'parts' | 'beside'>;

/**
 * The folders that are named as parts of a split, all at one depth, the least at which there are a training part and
 * another one: `train/`, `test/`; `data/train/`, `data/test/`; or `ill/train/`, `ill/test/`, `well/train/`, …
 */
export function splitIn(ways: readonly Way[]): FoundParts | undefined {
  const byDepth = Map.groupBy(
    ways.flatMap((way) => {
      const depth = way.findIndex((name) => partOfFolder(name) !== undefined);
      return depth < 0 ? [] : [{ way, depth }];
    }),
    ({ depth }) => depth,
  );
  for (const [depth, own] of [...byDepth].sort(([a], [b]) => a - b)) {
    const folders = Map.groupBy(own, ({ way }) => way.slice(0, depth + 1).join('/'));
    const parts = [...folders].map(([folder, files]) => ({
      folder,
      part: partOfFolder(folder.slice(folder.lastIndexOf('/') + 1))!,
      files: files.length,
    }));
    const kinds = new Set(parts.map(({ part }) => part));
    if (!kinds.has('train') || kinds.size < 2) continue;
    const others = ways.filter((way) => way.length > 0 && !folders.has(way.slice(0, depth + 1).join('/')));
    const beside = [...Map.groupBy(others, (way) => way.slice(0, depth + 1).join('/'))];
    return {
      parts: parts.sort((a, b) => compare(a.folder, b.folder)),
      beside: beside
        .map(([folder, files]) => ({ folder, files: files.length }))
        .sort((a, b) => compare(a.folder, b.folder)),
    };
  }
  return undefined;
}

/** The part of a file by the folders that are parts, and its way without that folder; undefined: it is in none of them. */
export function placedIn(
  parts: Readonly<Record<string, SplitPart>>,
  way: Way,
): { part: SplitPart; way: Way } | undefined {
  for (let depth = 1; depth <= way.length; depth++) {
    const folder = way.slice(0, depth).join('/');
    if (Object.hasOwn(parts, folder)) return { part: parts[folder]!, way: way.toSpliced(depth - 1, 1) };
  }
  return undefined;
}
