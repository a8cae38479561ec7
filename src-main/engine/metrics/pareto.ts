/**
 * Which models no other one beats: none has at most as many parameters and at least the AUROC, and one of the two better.
 * Models equal in both are on the front together.
 */
export function paretoFront(models: readonly { parameters: number; auroc: number }[]): boolean[] {
  return models.map(
    (model) =>
      !models.some(
        (other) =>
          other.parameters <= model.parameters &&
          other.auroc >= model.auroc &&
          (other.parameters < model.parameters || other.auroc > model.auroc),
      ),
  );
}
