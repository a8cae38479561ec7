/** Numbers below n by the generator of test/golden/masks.py. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % n;
  };
}

export interface DrawnMask {
  kind: string;
  seed: number;
  width: number;
  height: number;
  classes: number;
}

/** A mask by the recipe of test/golden/masks.py, row after row. */
export function drawnMask({ kind, seed, width, height, classes }: DrawnMask): Uint16Array {
  const below = generator(seed);
  const values = new Uint16Array(width * height);
  if (kind === 'blobs')
    for (let disc = 0; disc < 10; disc++) {
      const value = disc % 4 === 3 ? 0 : 1 + below(classes);
      const [left, top] = [below(width), below(height)];
      const radius = 2 + below(Math.max(1, Math.floor(Math.min(width, height) / 4)));
      for (let at = 0; at < values.length; at++) {
        const [x, y] = [at % width, Math.floor(at / width)];
        if ((x - left) ** 2 + (y - top) ** 2 <= radius ** 2) values[at] = value;
      }
    }
  else if (kind === 'noise') for (let at = 0; at < values.length; at++) values[at] = below(classes + 1);
  else if (kind === 'disc') {
    const [left, top] = [Math.floor(width / 2) - 3 + below(7), Math.floor(height / 2) - 3 + below(7)];
    const radius = Math.floor(Math.min(width, height) / 3) + below(4);
    for (let at = 0; at < values.length; at++)
      if (((at % width) - left) ** 2 + (Math.floor(at / width) - top) ** 2 <= radius ** 2) values[at] = 1;
  } else if (kind === 'full') values.fill(1);
  else if (kind === 'box') for (let at = 0; at < values.length; at++) values[at] = at % width < 3 ? 0 : 1;
  return values;
}
