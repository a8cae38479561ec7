// @vitest-environment happy-dom
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSSRApp, type Component } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { speak, words } from '../../src-renderer/text/index.ts';
import ErrorAlert from '../../src-renderer/ui/ErrorAlert.vue';
import FindingList from '../../src-renderer/ui/FindingList.vue';
import { addresses } from '../support/clicks.ts';

beforeAll(() => speak('de'));
afterAll(() => speak('en'));

async function shown(component: Component, props: Record<string, unknown>): Promise<string> {
  const html = await renderToString(createSSRApp(component, props).use(words).use(addresses()));
  return html.replace(/<!--.*?-->/g, '').replaceAll('&quot;', '"').replaceAll('&#39;', "'"); // prettier-ignore
}

describe('the German window', () => {
  it('shows findings in German, and one of an earlier version as it was stored', async () => {
    const findings = [
      { code: 'LOST_CLASS', message: 'The class "c" is lost: none of its 5 files can be read.', grave: true },
      { code: 'OLD', message: 'A finding whose words are not known any more.' },
    ];
    const html = await shown(FindingList, { findings, title: 'Befunde' });
    expect(html).toContain('Die Klasse „c“ ist verloren: 5 Dateien, davon lesbar: keine.');
    expect(html).toContain('A finding whose words are not known any more.');
  });

  it('shows an error and what to do in German, and what the engine wrote folded', async () => {
    const error = {
      code: 'FOLDER_NOT_FOUND',
      message: 'The folder /no/where does not exist.',
      remedy: 'Check the path; a network or removable drive may not be connected.',
    };
    const html = await shown(ErrorAlert, { error });
    expect(html).toMatch(/class="sentence"[^>]*>Den Ordner \/no\/where gibt es nicht\.</);
    expect(html).toContain('Prüfen Sie den Pfad; vielleicht ist ein Netz- oder Wechsellaufwerk nicht verbunden.');
    expect(html).toMatch(
      /<details.*lang="en"[^>]*>The folder \/no\/where does not exist\. Check the path;.*<\/details>/s,
    );
    await speak('en');
    expect(await shown(ErrorAlert, { error })).not.toContain('<details');
    await speak('de');
  });
});
