import { addRows, type Grey } from './grey.ts';

/** Shorter side of an image that may hold text, in pixels. */
const SMALLEST = 64;
/** Share of each side in which text is looked for. */
const BAND = 0.15;
/** Side of the surroundings that a stroke stands out from, as a share of the shorter side; and by how many levels. */
const SURROUNDINGS = 0.105;
const CONTRAST = 45;
/** Height of a character in pixels at least, and as shares of the image's height. */
const LEAST_HEIGHT = 5;
const HEIGHTS = { least: 0.012, most: 0.1 };
/** Width in heights, and share of its box that is ink. */
const WIDEST = 1.3;
const INK = { least: 0.15, most: 0.95 };
/** Characters of a line: heights by at most this factor apart, centres by this share of a height, gaps in heights. */
const HEIGHT_FACTOR = 1.45;
const OFF_LINE = 0.3;
const GAP = 1.3;
/** Overlays are drawn in one level: the brightest of each character, apart by at most this. */
const LEVELS_APART = 24;

const BRIGHT = 1;
const DARK = 2;

interface Mark {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Pixels, and the brightest of them. */
  ink: number;
  peak: number;
}

/**
 * How many characters the longest line of text along the borders has, as far as a simple rule can tell: marks that stand
 * out from their surroundings by at least 45 levels, all brighter or all darker, of the height of characters, in a
 * horizontal row, close together and of one level. 0 where there is none. A small image has no text.
 */
export function charactersAtBorder(grey: Grey): number {
  if (Math.min(grey.width, grey.height) < SMALLEST) return 0;
  const found = standingOut(grey);
  const lines = [BRIGHT, DARK].map((kind) =>
    longestLine(marksOf(grey, found, kind).filter((mark) => isCharacter(mark, grey))),
  );
  return Math.max(...lines);
}

/** What stands out from its surroundings: {@link BRIGHT}, {@link DARK} or 0 for each pixel; 0 away from the borders. */
function standingOut({ width, height, pixels }: Grey): Uint8Array {
  const { size, columns, means } = surroundings({ width, height, pixels });
  const [across, down] = [Math.round(BAND * width), Math.round(BAND * height)];
  const found = new Uint8Array(pixels.length);
  const blockOf = new Int32Array(width);
  for (let x = 0; x < width; x++) blockOf[x] = Math.floor(x / size);
  const look = (y: number, from: number, to: number) => {
    const blocks = Math.floor(y / size) * columns;
    for (let x = from, at = y * width + from; x < to; x++, at++) {
      const above = pixels[at]! - means[blocks + blockOf[x]!]!;
      if (above >= CONTRAST) found[at] = BRIGHT;
      else if (above <= -CONTRAST) found[at] = DARK;
    }
  };
  for (let y = 0; y < height; y++) {
    if (y < down || y >= height - down) look(y, 0, width);
    else {
      look(y, 0, across);
      look(y, width - across, width);
    }
  }
  return found;
}

/** Of each block of pixels, the mean level of it and the eight around it. */
function surroundings({ width, height, pixels }: Grey): { size: number; columns: number; means: Float32Array } {
  const size = Math.max(3, Math.round((SURROUNDINGS * Math.min(width, height)) / 3));
  const [columns, rows] = [Math.ceil(width / size), Math.ceil(height / size)];
  const sums = new Int32Array(columns * rows);
  const ofColumns = new Int32Array(width);
  for (let row = 0; row < rows; row++) {
    addRows({ width, pixels }, { from: row * size, to: Math.min(height, (row + 1) * size) }, ofColumns);
    for (let column = 0, x = 0; column < columns; column++) {
      let sum = 0;
      for (const end = Math.min(width, x + size); x < end; x++) sum += ofColumns[x]!;
      sums[row * columns + column] = sum;
    }
  }
  const means = new Float32Array(sums.length);
  const across = new Int32Array(columns);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [Math.max(0, row - 1), Math.min(rows, row + 2)];
    const lines = Math.min(height, bottom * size) - top * size;
    across.fill(0);
    for (let at = top * columns; at < bottom * columns;)
      for (let column = 0; column < columns; column++) across[column] = across[column]! + sums[at++]!;
    for (let column = 0; column < columns; column++) {
      const [left, right] = [Math.max(0, column - 1), Math.min(columns, column + 2)];
      let sum = 0;
      for (let x = left; x < right; x++) sum += across[x]!;
      means[row * columns + column] = sum / (lines * (Math.min(width, right * size) - left * size));
    }
  }
  return { size, columns, means };
}

/** Connected pixels of one kind. */
function marksOf({ width, height, pixels }: Grey, found: Uint8Array, kind: number): Mark[] {
  const marks: Mark[] = [];
  const stack: number[] = [];
  for (let start = found.indexOf(kind); start >= 0; start = found.indexOf(kind, start + 1)) {
    const mark: Mark = { left: width, right: 0, top: height, bottom: 0, ink: 0, peak: 0 };
    found[start] = 0;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const x = at % width;
      const y = (at - x) / width;
      if (x < mark.left) mark.left = x;
      if (x > mark.right) mark.right = x;
      if (y < mark.top) mark.top = y;
      if (y > mark.bottom) mark.bottom = y;
      mark.ink++;
      const level = kind === BRIGHT ? pixels[at]! : 255 - pixels[at]!;
      if (level > mark.peak) mark.peak = level;
      const [lastRow, lastColumn] = [Math.min(height - 1, y + 1), Math.min(width - 1, x + 1)];
      for (let row = Math.max(0, y - 1); row <= lastRow; row++)
        for (let column = Math.max(0, x - 1); column <= lastColumn; column++) {
          const next = row * width + column;
          if (found[next] !== kind) continue;
          found[next] = 0;
          stack.push(next);
        }
    }
    marks.push(mark);
  }
  return marks;
}

const heightOf = ({ top, bottom }: Mark): number => bottom - top + 1;

function isCharacter(mark: Mark, image: Grey): boolean {
  const [width, height] = [mark.right - mark.left + 1, heightOf(mark)];
  const ink = mark.ink / (width * height);
  return (
    height >= Math.max(LEAST_HEIGHT, HEIGHTS.least * image.height) &&
    height <= HEIGHTS.most * image.height &&
    width <= WIDEST * height &&
    ink >= INK.least &&
    (ink <= INK.most || width < 0.4 * height)
  );
}

/** The most characters that follow one another. */
function longestLine(marks: readonly Mark[]): number {
  const sorted = marks.toSorted((a, b) => a.left - b.left);
  const lengths: number[] = [];
  for (const [at, mark] of sorted.entries()) {
    lengths[at] = 1;
    for (let before = at - 1; before >= 0; before--)
      if (follows(sorted[before]!, mark)) lengths[at] = Math.max(lengths[at], lengths[before]! + 1);
  }
  return Math.max(0, ...lengths);
}

function follows(one: Mark, next: Mark): boolean {
  const [height, other] = [heightOf(one), heightOf(next)];
  const larger = Math.max(height, other);
  const gap = next.left - one.right - 1;
  const apart = Math.abs(one.top + one.bottom - next.top - next.bottom) / 2;
  return (
    gap >= 0 &&
    gap <= GAP * larger &&
    larger <= HEIGHT_FACTOR * Math.min(height, other) &&
    apart <= OFF_LINE * larger &&
    Math.abs(one.peak - next.peak) <= LEVELS_APART
  );
}
