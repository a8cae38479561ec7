import { readFile, stat } from 'node:fs/promises';
import { CutpointError } from '../../contract/errors.ts';
import { contract, type CallContext, type Handlers, type OutputOf, type ParsedInputOf } from '../../contract/index.ts';
import { reportFile } from '../../contract/report.ts';
import { placeOf } from '../../userPath.ts';
import { stageFile } from '../export/staging.ts';
import type { Sources } from '../report/ask.ts';
import { reportCard } from '../report/card.ts';
import { checklistsOf } from '../report/checklists/index.ts';
import { gather } from '../report/gather/index.ts';
import { subjectOf } from '../report/gather/subject.ts';
import { page } from '../report/page.ts';
import { browserFor, printed } from '../report/pdf.ts';
import type { Workspace } from '../store/workspace.ts';
import { calibrationHandlers } from './calibration.ts';
import { conformalHandlers } from './conformal.ts';
import { decisionCurveHandlers } from './decisionCurves.ts';
import { explainHandlers } from './explain/index.ts';
import { measuredHandlers } from './measured.ts';
import { operatingHandlers } from './operating.ts';
import { subgroupHandlers } from './subgroups.ts';

type Call = CallContext<'report.write'>;

/**
 * Writes the report of a run or a comparison, with its JSON and its card beside it.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, COMPARISON_UNKNOWN, COMPARISON_STATE, FILE_EXISTS, EXPORT_WRITE_FAILED,
 *   DISK_FULL
 */
export async function writeReport(
  workspace: Workspace,
  { of, out, openTest, reason, images, pdf, overwrite }: ParsedInputOf<'report.write'>,
  call: Call,
): Promise<OutputOf<'report.write'>> {
  const path = placeOf(/\.html?$/i.test(out) ? out : `${out}.html`);
  const subject = () => subjectOf(workspace, of);
  const { run, comparison } = subject();
  const paths = besidePaths(path);
  await requireFree(Object.values({ path, ...paths }), { subject: (comparison ?? run).id, overwrite });
  if (openTest && (run.test !== null || run.sealed)) {
    const opening = { purpose: 'report', reason } as const;
    await workspace.commit([comparison ? 'comparisons' : 'runs', 'openTest', (comparison ?? run).id, opening]);
  }
  const sources = { ...sourcesOf(workspace, call), images };
  const { report, shown } = await gather(sources, subject());
  const checklists = checklistsOf(report);
  const text = page({ report, checklists, shown });
  call.progress({ message: 'Writing the report' });
  const bytes = Buffer.from(text);
  const json = JSON.stringify(reportFile.parse({ ...report, checklists }), null, 2);
  const files = [
    [path, bytes],
    [paths.json, Buffer.from(`${json}\n`)],
    [paths.card, Buffer.from(reportCard(report))],
  ] as const;
  for (const [target, content] of files) await (await stageFile(target, content)).publish();
  const print = pdf ? await printedTo(paths.pdf, text, call) : { pdf: null, notes: [] };
  return {
    ...{ path, bytes: bytes.length, json: paths.json, card: paths.card, ...print },
    tested: report.testOpened !== null,
    checklists: checklists.map(({ items: _, ...each }) => each),
  };
}

const besidePaths = (path: string) => {
  const stem = path.replace(/\.html?$/i, '');
  return { json: `${stem}.json`, card: `${stem}.card.md`, pdf: `${stem}.pdf` };
};

/** Only an earlier report of the same run or comparison is replaced, and only where that was asked for. */
async function requireFree(paths: readonly string[], { subject, overwrite }: { subject: string; overwrite: boolean }) {
  const there = await Promise.all(paths.map((each) => stat(each).then(() => each, () => undefined))); // prettier-ignore
  const taken = there.find((each) => each !== undefined);
  if (taken === undefined) return;
  const [page] = paths;
  const isEarlier = (await readFile(page!, 'utf8').catch(() => '')).includes(`<meta name="cutpoint-subject" content="${subject}">`); // prettier-ignore
  if (isEarlier && overwrite) return;
  throw new CutpointError('FILE_EXISTS', `There is already a file '${taken}'.`, {
    remedy: isEarlier ? 'Choose another name, or say that it may be replaced.' : 'Choose another name, or remove what is there.', // prettier-ignore
    details: { earlier: isEarlier },
  });
}

/** What the report is gathered with: answers as whoever asks the engine gets them. */
function sourcesOf(workspace: Workspace, { signal, progress }: Call): Omit<Sources, 'images'> {
  const handlers: Partial<Handlers> = {
    ...measuredHandlers(workspace),
    ...subgroupHandlers(workspace),
    ...calibrationHandlers(workspace),
    ...operatingHandlers(workspace),
    ...decisionCurveHandlers(workspace),
    ...conformalHandlers(workspace),
    ...explainHandlers(workspace),
  };
  return {
    ...{ workspace, signal, progress: (message) => progress({ message }) },
    ask: async (method, input) => {
      const answer = handlers[method] as (input: unknown, call: unknown) => Promise<unknown>;
      const quiet = { signal, progress: () => {} };
      return (await answer(contract[method].input.parse(input), quiet)) as OutputOf<typeof method>;
    },
  };
}

async function printedTo(path: string, text: string, { signal, progress }: Call) {
  const browser = browserFor();
  if (!browser)
    return {
      pdf: null,
      notes: ['There is no Chromium here to print with. Open the report in a browser and print it to PDF there.'],
    };
  progress({ message: 'Printing it to PDF' });
  try {
    await (await stageFile(path, await printed(browser, text, signal))).publish();
    return { pdf: path, notes: [] };
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof CutpointError) throw thrown;
    return {
      pdf: null,
      notes: ['The browser did not print it. Open the report in a browser and print it to PDF there.'],
    };
  }
}
