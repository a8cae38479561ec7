import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Small files of tests that take long. Where vitest has not run them yet it goes by their size, which would put them last,
 * and one worker would end with them while the others have nothing left to do.
 */
export const LONG: readonly string[] = [
  'test/engine/export/zoo.test.ts',
  'test/engine/execute/zoo.test.ts',
  'test/engine/weights/fuzz.test.ts',
  'test/engine/services/layerwise.test.ts',
  'test/engine/services/runs.test.ts',
  'test/e2e/kill.test.ts',
  'test/e2e/screens.test.ts',
  'test/e2e/walk.test.ts',
  'test/e2e/journey.test.ts',
  'test/e2e/bad-input.test.ts',
];

const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name));
const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;

/** Vitest's own order, in each group of projects with these files before all others. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || Number(isLong(b)) - Number(isLong(a)));
  }
}
