import type { Client } from '../contract/index.ts';
import type { Origin } from '../contract/job.ts';
import type { Output } from './output.ts';
import { moment } from './text/units.ts';

/**
 * A client that says, once, when an answer was kept from an earlier time.
 * @param again has what is kept computed anew
 */
export function keptSaid(client: Client, output: Output, { again }: { again: boolean }): Client {
  let said = false;
  return {
    ...client,
    async call(method, input, options) {
      const answer = await client.call(method, again ? { ...input, again } : input, options);
      const { origin } = (answer ?? {}) as { origin?: Origin };
      if (origin?.found && !said) {
        said = true;
        output.note(`Kept from ${moment(origin.at)}, of the same data (job ${origin.job}); --again computes it anew.`);
      }
      return answer;
    },
  };
}
