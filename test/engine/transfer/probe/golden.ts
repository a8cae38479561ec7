/** The images of test/golden/probe.py. */
export const ROWS = 90;
export const goldenFolds = Array.from({ length: ROWS }, (_, i) => Math.floor(i / 3) % 3);

export function goldenSet(width: number, classes: number) {
  const row = (i: number) =>
    Array.from(
      { length: width },
      (_, j) => 2 + Math.sin(1.7 * i + 0.9 * j * j + 0.3) * (1 + (j % 5)) + (j === i % classes ? 1.5 : 0),
    );
  return {
    values: Float32Array.from(Array.from({ length: ROWS }, (_, i) => row(i)).flat()),
    set: {
      labels: Array.from({ length: ROWS }, (_, i) => (i % 4 === 0 ? (i / 4 + 1) % classes : i % classes)),
      classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    },
  };
}
