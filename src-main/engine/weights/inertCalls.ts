import { damaged, PickleDict, PickleError, PickleName, PickleObject, PickleTuple } from './pickleValues.ts';

/**
 * Calls in a pickle whose outcome is plain data, and what stands for all others: an object that says what was to be
 * called and with what. Nothing is ever run, whatever its name; the lists below only tell files that were made to do
 * harm from files that carry settings.
 */

/** Modules that start programs, load code or reach files or the network, at any place of a name. */
const HARMFUL_ANYWHERE = new Set('__builtin__ builtins os posix sys subprocess importlib ctypes'.split(' '));

/** The same, where a project's own module may be called so too: as the first part of a name alone. */
const HARMFUL_FIRST = new Set(
  [
    'nt imp shutil pty socket runpy codeop commands marshal pickle _pickle cPickle dill cloudpickle webbrowser timeit',
    'pip urllib urllib2 asyncio multiprocessing types operator io _io pdb bdb cProfile profile trace doctest ensurepip',
    'venv idlelib pydoc pkgutil zipimport zipapp zipfile tarfile sqlite3 tempfile fileinput linecache distutils setuptools',
    'http httplib httplib2 ftplib smtplib telnetlib poplib imaplib xmlrpc socketserver ssl requests aiohttp httpx paramiko',
  ].flatMap((names) => names.split(' ')),
);

/** What is meant by them in honest files. */
const HARMLESS = new Set([
  ...[
    'set frozenset list tuple dict bytearray bytes complex slice range xrange object int long float str unicode bool',
    'getattr hasattr isinstance print repr len min max sum abs any all round sorted reversed zip map filter enumerate iter',
    'next type super hash id divmod pow ord chr hex property staticmethod classmethod',
  ]
    .flatMap((names) => names.split(' '))
    .flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
  ...'attrgetter itemgetter lt le eq ne ge gt add sub mul truediv floordiv neg not_ and_ or_ xor getitem'
    .split(' ')
    .flatMap((name) => [`operator.${name}`, `_operator.${name}`]),
  'types.SimpleNamespace',
  'types.MappingProxyType',
  'types.GenericAlias',
  'http.HTTPStatus',
  'urllib.parse.ParseResult',
  'urllib.parse.SplitResult',
  'io.BytesIO',
  '_io.BytesIO',
  'io.StringIO',
  '_io.StringIO',
]);

/** Functions that run what they are given, in libraries that checkpoints name. */
const HARMFUL =
  /^(code\.[iI]nter|torch\.((serialization\.)?(load|save)$|hub\.|jit\.(load|_?script)|ops\.|compile$|utils\.(cpp_extension|_config_module))|numpy\.(load|save|genfromtxt|fromfile|memmap|f2py|testing|distutils|lib\.(npyio|_npyio_impl))|pathlib\.(_local\.)?[A-Z]\w+\.|logging\.config\.|pandas\.(eval|read_|io\.)|joblib\.load|functools\.reduce)/;

/** The classes of exceptions, which begin with a capital. */
const BUILT_IN_ERROR = /^(builtins|__builtin__|exceptions)\.[A-Z]\w+$/;

/** `module.name` of Python; other alphabets are letters too. */
const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_<][\p{L}\p{N}_>]*)+$/u;

/** Whether a name is none that Python has, or one that only a file made to do harm asks for. */
export function isHarmful(name: string): boolean {
  if (!IDENTIFIER.test(name)) return true;
  if (HARMLESS.has(name) || BUILT_IN_ERROR.test(name)) return false;
  const parts = name.split('.');
  return (
    HARMFUL.test(name) || HARMFUL_FIRST.has(parts[0]!) || parts.slice(0, -1).some((part) => HARMFUL_ANYWHERE.has(part))
  );
}

/** The full name of what `getattr` takes from a class or function. */
function attributeOf(name: string, [of, attribute]: readonly unknown[]): string | undefined {
  const isGetattr = /^(builtins|__builtin__)\.getattr$/.test(name);
  return isGetattr && of instanceof PickleName && typeof attribute === 'string' ? `${of.name}.${attribute}` : undefined;
}

type Call = (args: readonly unknown[]) => unknown;

/**
 * More items and characters than calls in any checkpoint take over, beyond those of the pickle itself: what they refer to is
 * repeated without end.
 */
const MAX_COPIED = 4_000_000;

const list: Call = ([items]) => {
  const given: unknown = items instanceof PickleTuple ? items.items : items;
  return Array.isArray(given) ? (given as unknown[]) : [];
};

/** The helpers by which Python names a class and what it is made of. */
const MADE_BY = /^copy_?reg\.(_reconstructor|__newobj__)$/;

/** What stands for the calls of one pickle of this many bytes. They throw PickleError. */
export function inertCalls(bytes: number): (name: string, args: readonly unknown[]) => unknown {
  let copied = 0;
  const copies = (count: number) => {
    copied += count;
    if (copied > MAX_COPIED + bytes) throw damaged('its pickle multiplies itself');
  };

  /** Python 2 gives the items as one argument, a list of pairs; Python 3 puts them in afterwards. */
  const dict: Call = ([items]) => {
    if (items instanceof PickleDict) return items;
    const made = new PickleDict();
    if (items === undefined) return made;
    if (!Array.isArray(items)) throw damaged('a dictionary is made of something that is not a list');
    copies(items.length);
    for (const pair of items as readonly unknown[]) {
      const parts = pair instanceof PickleTuple ? pair.items : pair;
      if (!Array.isArray(parts) || parts.length !== 2)
        throw damaged('a dictionary is made of something other than pairs');
      made.entries.push([parts[0], parts[1]]);
    }
    return made;
  };

  /** Python 3 writes bytes under protocols 0 to 2 as text that is to be encoded. */
  const encode: Call = ([text]) => {
    if (typeof text !== 'string') return null;
    copies(text.length);
    return Buffer.from(text, 'latin1');
  };

  const plain: ReadonlyMap<string, Call> = new Map<string, Call>([
    ['collections.OrderedDict', dict],
    ['collections.Counter', dict],
    // Its first argument makes values that are missing.
    ['collections.defaultdict', ([, items]) => dict([items])],
    ['collections.deque', list],
    ['torch.Size', ([lengths]) => lengths],
    ['_codecs.encode', encode],
    ...['builtins', '__builtin__'].flatMap((module): [string, Call][] => [
      [`${module}.dict`, dict],
      ...['set', 'frozenset', 'list', 'tuple'].map((name): [string, Call] => [`${module}.${name}`, list]),
    ]),
  ]);

  return (name, args) => {
    const call = plain.get(name);
    if (call) return call(args);
    const attribute = attributeOf(name, args);
    if (attribute !== undefined && isHarmful(attribute)) throw new PickleError('name', attribute);
    if (attribute !== undefined) return new PickleName(attribute);
    const [first, , base] = args;
    if (!MADE_BY.test(name) || !(first instanceof PickleName)) return new PickleObject(name, args);
    const made = new PickleObject(first.name, []);
    if (base instanceof PickleDict) made.entries = base.entries;
    if (Array.isArray(base)) made.items = base;
    return made;
  };
}

/** Plumbing, which says nothing about what a file carries. */
const PLUMBING =
  /^(collections\.OrderedDict|torch\.(\w+|serialization\.\w+|_utils\.\w+|_tensor\.\w+|storage\.\w+|jit\._pickle\.\w+)|copy_?reg\.\w+|_codecs\.encode|numpy\.(dtype|ndarray)|(builtins|__builtin__)\.\w+)$/;

/** Whether a name is worth telling: a class or function that a file carries beside its tensors. */
export const isForeign = (name: string): boolean => !PLUMBING.test(name);
