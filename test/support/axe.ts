import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What stands on a page against WCAG 2.2 AA, a line each; run in the page, where the policy allows no script to be added. It
 * is given to a document once, and what passes is not described: both take longer than the rules.
 */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = await page.evaluate<AxeResults['violations']>(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} (${failureSummary?.replace(/\s+/g, ' ')})`)); // prettier-ignore
}
