import { expect, test } from 'vitest';
import { entry, gzipped, scriptOf, withImports } from '../support/builtCode.ts';

const home = withImports(entry(), scriptOf('HomeScreen'));

test('the first screen needs less than 300 kB of code, gzip', () => {
  const kilobytes = gzipped(home) / 1000;
  console.log(`the first screen: ${Math.round(kilobytes)} kB, of which the entry ${Math.round(gzipped(withImports(entry())) / 1000)} kB`); // prettier-ignore
  expect(home.size).toBeGreaterThan(10);
  expect(kilobytes).toBeGreaterThan(50);
  expect(kilobytes).toBeLessThan(300);
});

test('charts and the viewer come when they are needed: no screen imports them beforehand', () => {
  const screens = ['Data', 'Network', 'Training', 'Compare', 'Results', 'Explain', 'Export', 'Settings'];
  const all = withImports(...home, ...screens.map((name) => scriptOf(`${name}Screen`)));
  for (const later of ['charts', 'ImageDrawer', 'de']) expect(all).not.toContain(scriptOf(later));
});
