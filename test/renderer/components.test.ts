import type { Pinia } from 'pinia';
import { describe, expect, it } from 'vitest';
import { createSSRApp, type Component } from 'vue';
import { renderToString } from 'vue/server-renderer';
import ConnectionBanner from '../../src-renderer/features/shell/ConnectionBanner.vue';
import SideRail from '../../src-renderer/features/shell/SideRail.vue';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';
import { words } from '../../src-renderer/text/index.ts';
import { addresses } from '../support/clicks.ts';
import { windowWith } from '../support/windowClient.ts';

// Rendered without a browser, by Vue's own server renderer: what is read, not how it looks.

/** The text of a component as its stores are now; the words of buttons in brackets. */
async function textOf(component: Component, pinia: Pinia): Promise<string> {
  const html = await renderToString(createSSRApp(component).use(pinia).use(words).use(addresses()));
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<button[^>]*>(.*?)<\/button>/gs, ' [$1] ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
    .trim();
}

const crash = { code: 'ENGINE_CRASHED', message: 'The engine ended unexpectedly.' } as const;

describe('the banner', () => {
  it('is empty while all is well', async () => {
    expect(await textOf(ConnectionBanner, windowWith({}))).toBe('');
  });

  it('says that the engine starts again, then that no run was lost', async () => {
    const pinia = windowWith({});
    const connection = useConnection();
    Object.assign(connection, { crash, crashes: 1, engine: { state: 'crashed' } });
    expect(await textOf(ConnectionBanner, pinia)).toContain('The engine is being started again…');
    connection.engine = { state: 'ready' };
    expect(await textOf(ConnectionBanner, pinia)).toContain('No run was lost.');
  });

  it('offers to connect again before anything else', async () => {
    const pinia = windowWith({});
    Object.assign(useConnection(), { crash, lost: { code: 'CONNECTION_LOST', message: 'There is no connection.' } });
    const text = await textOf(ConnectionBanner, pinia);
    expect(text).toContain('There is no connection.');
    expect(text).toContain('Connect again');
    expect(text).not.toContain(crash.message);
  });
});

describe('the foot of the rail', () => {
  it.each([
    ['starting', 'Engine is starting…'],
    ['crashed', 'Engine is restarting…'],
    ['failed', 'Engine did not start'],
    ['ready', 'Engine ready'],
  ] as const)('says how the engine is: %s', async (state, words) => {
    const pinia = windowWith({});
    useConnection().engine = { state };
    expect(await textOf(SideRail, pinia)).toContain(words);
    useConnection().lost = { code: 'CONNECTION_LOST', message: 'Gone.' };
    expect(await textOf(SideRail, pinia)).toContain('Not connected');
  });
});
