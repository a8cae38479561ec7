/** Where something that can be pressed stands, in px. */
export interface Place {
  left: number;
  top: number;
}

/** Px that what is pressed takes, and keeps free of others (WCAG 2.2, 2.5.8). */
export const TARGET = 24;

/** What would lie within `TARGET` of one another belongs together, and is pressed where the first of it stands. */
export function clustersOf<T extends Place>(all: readonly T[]): T[][] {
  const clusters: T[][] = [];
  for (const each of all.toSorted((a, b) => a.left - b.left || a.top - b.top)) {
    const near = clusters.find(
      ([first]) => Math.abs(first!.left - each.left) < TARGET && Math.abs(first!.top - each.top) < TARGET,
    );
    if (near) near.push(each);
    else clusters.push([each]);
  }
  return clusters;
}
