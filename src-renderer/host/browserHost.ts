import { z } from 'zod';
import type { Host } from './host.ts';

/** Draws how far the work is into the tab's icon: a ring that closes. Sizes are in pixels of the icon. */
function ring(share: number): string {
  const [radius, centre] = [13, 16];
  const length = 2 * Math.PI * radius;
  const done = Math.max(0.02, Math.min(1, share)) * length;
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke-width="6">` +
      `<circle cx="${centre}" cy="${centre}" r="${radius}" stroke="#9fb3bd"/>` +
      `<circle cx="${centre}" cy="${centre}" r="${radius}" stroke="#0b6178" transform="rotate(-90 16 16)" ` +
      `stroke-dasharray="${done.toFixed(1)} ${length.toFixed(1)}"/></g></svg>`,
  )}`;
}

/** A browser tab on this machine: paths are typed or dropped, messages are those of the browser. */
export function browserHost(page: Window = window): Host {
  const { document } = page;
  const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
  const still = icon?.href ?? '';
  const nothing = (): Promise<null> => Promise.resolve(null);
  const keep = (event: BeforeUnloadEvent): void => event.preventDefault();
  return {
    dialogs: false,
    chooseFolder: nothing,
    chooseFile: nothing,
    chooseDestination: nothing,
    pathOf: () => null,
    showInFolder: () => Promise.resolve(false),
    async mayNotify(ask) {
      if (!('Notification' in page)) return false;
      const { Notification: messages } = page as unknown as { Notification: typeof Notification };
      if (messages.permission === 'default' && ask) return (await messages.requestPermission()) === 'granted';
      return messages.permission === 'granted';
    },
    async notify(title, text) {
      if (document.visibilityState === 'hidden' && (await this.mayNotify(false)))
        new Notification(title, { body: text });
    },
    async anotherLink() {
      const headers = { 'Cutpoint-Secret': page.localStorage.getItem('cutpoint-secret') ?? '' };
      const answer = await page.fetch('another', { method: 'POST', headers });
      return answer.ok ? z.object({ url: z.string() }).parse(await answer.json()).url : null;
    },
    progress(share) {
      if (icon) icon.href = share === null ? still : ring(share);
    },
    // Work in a browser goes on in the engine: only what is typed and not yet kept would be lost.
    holdOpen(hold) {
      page.removeEventListener('beforeunload', keep);
      if (hold) page.addEventListener('beforeunload', keep);
    },
  };
}
