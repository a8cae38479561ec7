// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserHost } from '../../src-renderer/host/browserHost.ts';
import { electronHost } from '../../src-renderer/host/electronHost.ts';
import { keysOf, match } from '../../src-renderer/features/shell/keys.ts';
import { offer, offered } from '../../src-renderer/features/shell/commands.ts';
import { placeOf } from '../../src-renderer/features/shell/going.ts';
import { csvOf, tabbed } from '../../src-renderer/ui/save.ts';
import { placeForError } from '../../src-renderer/ui/errorPlaces.ts';
import { paced } from '../../src-renderer/ui/paced.ts';
import type { Bridge } from '../../src-preload/bridge.ts';

describe('keys', () => {
  const command = (id: string, keys?: string) => ({ id, title: () => id, run: () => id, ...(keys && { keys }) });

  it('are one, several after each other, or two at once', () => {
    const commands = [command('palette', 'mod+k'), command('data', 'g d'), command('none')];
    expect(match('mod+k', commands)).toMatchObject({ id: 'palette' });
    expect(match('g', commands)).toBe('begins');
    expect(match('g d', commands)).toMatchObject({ id: 'data' });
    expect(match('d', commands)).toBeNull();
    expect([keysOf('mod+k', 'then'), keysOf('g d', 'then')]).toEqual(['Ctrl K', 'G then D']);
  });

  it('belong to commands that are offered for as long as they are, where they can be run', () => {
    let possible = false;
    const back = offer(command('a'), { ...command('b'), when: () => possible });
    expect(offered().map(({ id }) => id)).toEqual(['a']);
    possible = true;
    expect(offered().map(({ id }) => id)).toEqual(['a', 'b']);
    back();
    expect(offered()).toEqual([]);
  });
});

describe('an address', () => {
  it('takes the run along only to rooms that show one', () => {
    expect(placeOf('results', 's', 'r')).toEqual({ name: 'results', params: { study: 's', run: 'r' } });
    expect(placeOf('data', 's', 'r')).toEqual({ name: 'data', params: { study: 's' } });
    expect(placeOf('train', 's', null)).toEqual({ name: 'train', params: { study: 's' } });
  });
});

describe('a table that is taken out', () => {
  const rows = [
    ['file', 'AUROC'],
    ['a "b", c', 0.5],
    ['=1+1', null],
  ];
  it('is CSV that no spreadsheet runs, or tabs for the clipboard', () => {
    expect(csvOf(rows)).toBe(`file,AUROC\r\n"a ""b"", c",0.5\r\n'=1+1,\r\n`);
    expect(
      tabbed([
        ['a\tb', 1],
        [null, 'c\nd'],
      ]),
    ).toBe('a b\t1\n\tc d');
  });
});

describe('what is drawn often', () => {
  afterEach(() => vi.useRealTimers());
  it('is drawn at once, then once in a pause, and at last as it is then', () => {
    vi.useFakeTimers();
    const act = vi.fn();
    const draw = paced(act, 100);
    for (let call = 0; call < 50; call++) draw();
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(act).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(500);
    expect(act).toHaveBeenCalledTimes(2);
    draw();
    draw();
    draw.stop();
    vi.advanceTimersByTime(500);
    expect(act).toHaveBeenCalledTimes(3);
  });
});

describe('the host', () => {
  it('of a browser has no dialogs and no paths, and shows progress in the icon of the tab', async () => {
    document.head.innerHTML = '<link rel="icon" href="http://localhost/icon.svg">';
    const host = browserHost(window);
    expect(host.dialogs).toBe(false);
    expect(await host.chooseFolder()).toBeNull();
    expect(await host.showInFolder('/x')).toBe(false);
    const icon = document.querySelector<HTMLLinkElement>('link')!;
    host.progress(0.5);
    expect(decodeURIComponent(icon.href)).toContain('stroke-dasharray="40.8 81.7"');
    host.progress(null);
    expect(icon.href).toBe('http://localhost/icon.svg');
  });

  it('asks before the page is left only while that is wanted', () => {
    const host = browserHost(window);
    const leave = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(false);
    host.holdOpen(true);
    expect(leave()).toBe(true);
    host.holdOpen(false);
    expect(leave()).toBe(false);
  });

  it('of the desktop asks the shell', async () => {
    const bridge = {
      chooseFolder: vi.fn(() => Promise.resolve('/data')),
      pathForFile: vi.fn(() => ''),
      progress: vi.fn(),
      holdOpen: vi.fn(),
      notify: vi.fn(() => Promise.resolve()),
    };
    const host = electronHost(bridge as unknown as Bridge);
    expect(host.dialogs).toBe(true);
    expect(await host.chooseFolder()).toBe('/data');
    // A page that made the file itself has no path for it.
    expect(host.pathOf(new File([], 'x'))).toBeNull();
    host.progress(0.5);
    host.holdOpen(true);
    await host.notify('A run', 'has ended');
    expect(bridge.progress).toHaveBeenCalledWith(0.5);
    expect(bridge.holdOpen).toHaveBeenCalledWith(true);
    expect(bridge.notify).toHaveBeenCalledWith('A run', 'has ended');
  });
});

describe('an error', () => {
  it('leads to where it can be put right, unless it is read there or that is nowhere now', () => {
    expect(placeForError('ONE_CLASS', 'train', true)).toEqual({ name: 'data' });
    expect(placeForError('ONE_CLASS', 'data', true)).toBeNull();
    expect(placeForError('ONE_CLASS', 'home', false)).toBeNull();
    expect(placeForError('DISK_FULL', 'export', true)).toEqual({ name: 'settings', params: { section: 'storage' } });
    expect(placeForError('CANCELLED', 'train', true)).toBeNull();
  });
});
