/**
 * Channels at a width multiplier: the nearest multiple of 8, but never more than a tenth below the value, as the
 * published code of MobileNet and EfficientNet rounds (`_make_divisible`, `round_filters`).
 */
export function divisible(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
