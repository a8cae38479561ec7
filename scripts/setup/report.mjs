/** What set-up prints. Progress is one rewritten line on a terminal, and a line per quarter elsewhere (CI logs). */

export const say = (text) => console.log(`[set-up] ${text}`);

/** A failure that leaves the application usable; the message says what to do. */
export class SetupError extends Error {}

const megabytes = (bytes) => (bytes / 1e6).toFixed(0);

/** `x.whl: 50 % of 274 MB` */
export function progressLine(received, { file, bytes }) {
  return `${file}: ${Math.floor(100 * Math.min(1, received / bytes))} % of ${megabytes(bytes)} MB`;
}

/** A reporter for downloads, one after another: call `at(received, {file, bytes})` often, and `end()` once. */
export function progress(stream = process.stdout) {
  let file;
  let quarter = 0;
  return {
    at(received, current) {
      const line = `[set-up]   ${progressLine(received, current)}`;
      if (stream.isTTY) {
        stream.write(`\r\x1b[K${line}`);
        return;
      }
      if (current.file !== file) quarter = 0;
      file = current.file;
      const now = Math.min(4, Math.floor((4 * received) / current.bytes));
      if (now > quarter) stream.write(`${line}\n`);
      quarter = Math.max(quarter, now);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
