/**
 * Requirements that a wheel's METADATA lists under an extra, as pip takes them: `nvidia-cublas-cu12<13.0,>=12.5.3.2`.
 * A requirement with a further condition (another platform, another Python) is refused rather than guessed at.
 */
export function extraRequirements(metadata, extra) {
  const [head] = metadata.split(/\r?\n\r?\n/);
  const lines = head.split(/\r?\n/).filter((line) => line.startsWith('Requires-Dist:'));
  return lines.flatMap((line) => {
    const [requirement, ...conditions] = line.slice('Requires-Dist:'.length).split(';');
    const condition = conditions.join(';').trim();
    const named = /extra\s*==\s*["']([^"']+)["']/.exec(condition);
    if (named?.[1] !== extra) return [];
    if (condition !== named[0]) throw new Error(`the requirement '${line}' has a condition that set-up does not know`);
    return [requirement.trim()];
  });
}
