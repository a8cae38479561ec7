/** What stands in the place of test figures that nobody asked for yet. */
export const sealedLine = (what: 'Test set' | 'Result', id: string): string =>
  `${what}: sealed; \`cutpoint open-test ${id} --reason "…"\` opens it.`;
