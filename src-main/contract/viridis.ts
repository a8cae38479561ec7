/** Matplotlib's viridis (perceptually uniform) at every sixteenth; between them within 6 levels of it. */
const STOPS = [
  '440154', '48186a', '472d7b', '424086', '3b528b', '33638d', '2c728e', '26828e', '21918c', '1fa088', '28ae80', '3fbc73',
  '5ec962', '84d44b', 'addc30', 'd8e219', 'fde725',
].map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16))); // prettier-ignore

/** Red, green and blue, 0 to 255, of a value of 0 to 1. */
export function viridis(value: number): [number, number, number] {
  const at = Math.min(Math.max(value, 0), 1) * (STOPS.length - 1);
  const low = STOPS[Math.floor(at)]!;
  const high = STOPS[Math.ceil(at)]!;
  const mixed = low.map((level, i) => Math.round(level + (high[i]! - level) * (at % 1)));
  return mixed as [number, number, number];
}
