import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const APPLICATION = applicationFolder(import.meta.dirname);
const MASK = '<path>';

/** A line of a stack: function, place, and the position in it. */
const FRAME = /^(\s*at .*?)(\(?)((?:file:\/\/|node:|\/|[A-Za-z]:[\\/]|\\\\|\.{0,2}[\\/]).*?)(:\d+:\d+\)?)$/;
/** Where a path begins that says so itself: a root, a drive, a share, a home, a folder relative to here, an address. */
const ROOTED =
  /file:\/\/|(?<![\w.\])%])(?:\\\\|\/(?=[^\s/])|\/\/(?=[^\s/])|~[\\/])|(?<![\p{L}\p{N}])[A-Za-z]:[\\/]|(?<![\p{L}\p{N}.])\.{1,2}[\\/]/u;
/** Words that contain a slash or end like a file, and are neither paths nor names. */
const HARMLESS = [
  /^\d+\/\d+[.,;:)]*$/,
  /^\(?\p{L}+\/(?:s|sec|step|epoch|image)[.,;:)]*$/u,
  /^(?:and\/or|n\/a|NaN\/Inf|on\/off|I\/O|TCP\/IP)[.,;:)]*$/i,
  /^(?:application|text|image|audio|video)\/[\w.+-]+[,;]?$/,
  // Source files of TensorFlow, which says where in it a line comes from.
  /^(?:external\/[\w.-]+\/)?(?:tensorflow|xla|tsl|third_party)\/[\w./-]+\.(?:cc|h|cpp)(?::\d+)?[\])]?$/,
];
const FILE_NAME =
  /\.(?:dcm|dicom|ima|png|jpe?g|tiff?|bmp|webp|gif|nii|nrrd|mha|svs|csv|tsv|txt|xlsx?|json|pth?|ckpt|onnx|h5|keras|safetensors|zip|gz)\b/i;
/** The beginnings of sentences that may stay before a masked relative path: codes and names of errors, methods. */
const PREFIX =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?(?:(?:Uncaught |Caused by: )?[A-Za-z]*Error(?: \[\w+\])?: |[A-Z][A-Z_]{2,}(?: in [a-z]+\.[A-Za-z]+)?: )*/;

/**
 * `line` without anything that may name a file of a user, and so a patient; files of the application's own code become
 * relative. A path may hold every character, also those that end one elsewhere: quotes, commas, colons, brackets, spaces.
 * So where a path begins the rest of the line goes, but for what certainly lies behind it.
 */
export function withoutPaths(line: string): string {
  const json = parsed(line);
  if (json !== undefined) return JSON.stringify(maskedValues(json));
  const frame = FRAME.exec(line);
  if (frame) {
    const [, before = '', bracket = '', place = '', position = ''] = frame;
    const own = ownPlace(place);
    const name = begins(before) === -1 ? before : '    at ';
    return own === undefined
      ? `${name}${bracket}${MASK}${position.endsWith(')') ? ')' : ''}`
      : `${name}${bracket}${own}${position}`;
  }
  const start = begins(line);
  if (start === -1) return line;
  return `${line.slice(0, start)}${MASK}${behind(line.slice(start))}`;
}

/** Where the first thing begins that may be a path; -1 where there is none. */
function begins(line: string): number {
  const rooted = ROOTED.exec(line)?.index ?? Infinity;
  const words = [...line.matchAll(/\S+/g)];
  const relative = words.find(
    ({ 0: word }) => (/[\\/]/.test(word) || FILE_NAME.test(word)) && !HARMLESS.some((known) => known.test(word)),
  );
  if (relative === undefined) return rooted === Infinity ? -1 : opening(line, rooted);
  if (rooted <= relative.index + relative[0].search(/[\\/]|$/) && rooted !== Infinity) return opening(line, rooted);
  // A relative path has no beginning of its own: its first folder may be several words.
  const quote = firstQuote(line);
  const prefix = PREFIX.exec(line)?.[0].length ?? 0;
  return Math.min(quote !== -1 && quote <= relative.index ? quote : prefix, rooted);
}

/** The quotation mark before a path belongs to it. */
const opening = (line: string, at: number): number => (/['"`]/.test(line[at - 1] ?? '') ? at - 1 : at);

/** A quotation mark that opens: at the beginning, or behind a space or a bracket. */
const firstQuote = (line: string): number => {
  const found = /(?:^|[\s(=:,[{])(['"`])/.exec(line);
  return found ? found.index + found[0].length - 1 : -1;
};

/** What the system says of a file behind its name. */
function behind(rest: string): string {
  return (
    /(?:: (?:no such file or directory|no such file|permission denied|is a directory|not a directory|file exists))$/.exec(
      rest,
    )?.[0] ?? ''
  );
}

/** A place in the application, relative to it; undefined elsewhere. */
function ownPlace(place: string): string | undefined {
  if (place.startsWith('node:')) return place;
  const [scheme = '', path = ''] = place.startsWith('file://') ? ['file://', place.slice(7)] : ['', place];
  return path.startsWith(`${APPLICATION}/`) || path.startsWith(`${APPLICATION}\\`)
    ? `${scheme}${path.slice(APPLICATION.length)}`
    : undefined;
}

function parsed(line: string): unknown {
  if (!/^\s*[[{"]/.test(line)) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Names of fields may be names of files, too. */
function maskedValues(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .split('\n')
      .map((part) => (begins(part) === -1 ? part : withoutPaths(part)))
      .join('\n');
  if (Array.isArray(value)) return value.map(maskedValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [begins(key) === -1 ? key : MASK, maskedValues(each)]),
  );
}

/** The folder that holds the application, whether it runs from source or as built. */
function applicationFolder(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : applicationFolder(parent);
}
