import { join } from 'node:path';

/** Version of the TensorFlow wheels; the binding inside tfjs-node 4.22 compiles against its C headers. */
export const version = '2.21.0';

/** CUDA 12 needs this NVIDIA driver or a newer one (NVIDIA's table of minor-version compatibility). */
export const oldestDriver = 525;

const linux = {
  libraries: ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  link: ['-shared', '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'],
  // Beside the libraries (the cache), or through the link that set-up puts where tfjs-node looks for them.
  runPaths: ['$ORIGIN', '$ORIGIN/../../deps/lib'],
  glibc: 2.27,
};

/**
 * Where the TensorFlow library comes from on which machine; the first row that fits is tried first. `wheel` and `tags`
 * name files of the Python package index, and `pins/ID.txt` holds their digests. `verified` says whether somebody has seen
 * the row work; the load check decides in any case.
 */
export const variants = [
  {
    id: 'cuda',
    ...linux,
    platform: 'linux',
    arch: 'x64',
    nvidia: true,
    wheel: 'tensorflow',
    // NVIDIA tags its wheels with older and older systems; all of them run where TensorFlow's own tag does.
    tags: ['manylinux_2_27_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64', 'manylinux1_x86_64'],
    // Fetched, compiled and loaded on a machine without a GPU, where all of CUDA but the driver was found.
    verified: false,
  },
  {
    id: 'cpu',
    ...linux,
    platform: 'linux',
    arch: 'x64',
    wheel: 'tensorflow-cpu',
    tags: ['manylinux_2_27_x86_64'],
    verified: true,
  },
  {
    id: 'arm64',
    ...linux,
    platform: 'linux',
    arch: 'arm64',
    wheel: 'tensorflow',
    tags: ['manylinux_2_27_aarch64'],
    verified: false,
  },
  {
    id: 'macos',
    platform: 'darwin',
    arch: 'arm64',
    wheel: 'tensorflow',
    tags: ['macosx_12_0_arm64'],
    libraries: ['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib'],
    link: ['-bundle', '-undefined', 'dynamic_lookup', '-ltensorflow_cc.2', '-ltensorflow_framework.2'],
    runPaths: ['@loader_path', '@loader_path/../../deps/lib'],
    verified: false,
  },
];

/** Folder name of a variant in the per-user cache. */
export const folderName = (variant) => `tensorflow-${version}-${variant.id}`;

/** The requirements file, in pip's format, with the version and SHA-256 of each wheel of a variant. */
export const pinsOf = (variant) => join(import.meta.dirname, 'pins', `${variant.id}.txt`);

/**
 * The rows to try on a machine, best first, and a sentence for each that a machine of this kind could have had.
 * @param machine {platform, arch, glibc?: number, nvidiaDriver?: number}
 */
export function candidates(machine) {
  const passedOver = {};
  const fitting = variants.filter((row) => {
    if (row.platform !== machine.platform || row.arch !== machine.arch) return false;
    if (row.glibc && !(machine.glibc >= row.glibc)) {
      passedOver[row.id] = `TensorFlow needs the GNU C library ${row.glibc} or newer, and this machine has another one`;
      return false;
    }
    if (row.nvidia && machine.nvidiaDriver === undefined) return false;
    if (row.nvidia && machine.nvidiaDriver < oldestDriver) {
      passedOver[row.id] =
        `the NVIDIA driver ${machine.nvidiaDriver} is older than ${oldestDriver}, which CUDA 12 needs`;
      return false;
    }
    return true;
  });
  return { fitting, passedOver };
}
