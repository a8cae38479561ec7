import { spawn } from 'node:child_process';
import { withUsersMask } from '../userFiles.ts';

/** Opens the default browser where there is a screen and a browser; otherwise nothing happens, and nothing fails. */
export function openBrowser(url: string, platform = process.platform, env = process.env): void {
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const [program, ...args] =
    platform === 'darwin' ? ['open', url] : platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  const child = withUsersMask(() => spawn(program as string, args, { stdio: 'ignore', detached: true }));
  child.on('error', () => {});
  child.unref();
}
