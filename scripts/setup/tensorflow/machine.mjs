import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { findCommand } from '../places.mjs';

/** Major version of the NVIDIA driver in the text of /proc/driver/nvidia/version, or undefined. */
export function driverVersion(text) {
  const match = /NVRM version:.*?\s(\d{3,})\.\d+/.exec(text);
  return match ? Number(match[1]) : undefined;
}

function nvidiaDriver() {
  try {
    return driverVersion(readFileSync('/proc/driver/nvidia/version', 'utf8'));
  } catch {
    // Containers may hide the file and still have the driver.
    if (!findCommand(['nvidia-smi'])) return undefined;
    const query = ['--query-gpu=driver_version', '--format=csv,noheader'];
    const { status, stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 10_000 });
    const major = status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
    return Number.isNaN(major) ? undefined : major;
  }
}

/** What decides which TensorFlow fits: {platform, arch, glibc, nvidiaDriver}. */
export function thisMachine() {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch };
  const glibc = process.report.getReport().header.glibcVersionRuntime;
  return { platform, arch, glibc: glibc && Number(glibc), nvidiaDriver: nvidiaDriver() };
}
