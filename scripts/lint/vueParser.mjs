import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * A parser of Vue files for rules that ask for types. A file that the type service gets to know, or that is not as it knew
 * it (of a Vue file it sees the script alone), makes it work out all types anew, which takes most of a second for each: so
 * before the first one it gets to know all of them.
 * @param parser of Vue files, with the parser of their scripts among its options
 * @param root folder of the repository
 * @param pattern of the Vue files in it
 */
export function knowingAll(parser, { root, pattern }) {
  const files = new Set(globSync(pattern, { cwd: root }).map((name) => join(root, name)));
  let known = false;
  return {
    ...parser,
    parseForESLint(code, options) {
      if (!known && files.has(resolve(options.filePath))) {
        known = true;
        for (const filePath of files) parser.parseForESLint(readFileSync(filePath, 'utf8'), { ...options, filePath });
      }
      return parser.parseForESLint(code, options);
    },
  };
}
