/** What set-up prints. Progress is one rewritten line on a terminal, and a line per quarter elsewhere (CI logs). */

export const say = (text) => console.log(`[set-up] ${text}`);

/** A failure that leaves the application usable; the message says what to do. */
export class SetupError extends Error {}

const megabytes = (bytes) => (bytes / 1e6).toFixed(0);

export function progressLine(received, total) {
  if (!total) return `${megabytes(received)} MB`;
  const share = Math.min(1, received / total);
  return `${Math.floor(share * 100)} % of ${megabytes(total)} MB`;
}

/** A reporter for one download: call `at(received, total)` as often as you like, and `end()` once. */
export function progress(label, stream = process.stdout) {
  let quarter = 0;
  return {
    at(received, total) {
      if (stream.isTTY) {
        stream.write(`\r\x1b[K[set-up]   ${label}: ${progressLine(received, total)}`);
        return;
      }
      const now = total ? Math.min(4, Math.floor((4 * received) / total)) : 0;
      if (now > quarter) say(`  ${label}: ${progressLine(received, total)}`);
      quarter = Math.max(quarter, now);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
