import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** What stands on a page against WCAG 2.2 AA, a line each; run in the page, where the policy allows no script to be added. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} (${failureSummary?.replace(/\s+/g, ' ')})`)); // prettier-ignore
}
