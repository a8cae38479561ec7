import type { RunEvent } from '../contract/run.ts';
import type { ComparisonEvent, ComparisonSummary } from '../contract/comparison/index.ts';
import type { ComparisonCell } from '../contract/comparison/shared.ts';
import { QUEUED } from './follow.ts';
import type { Output } from './output.ts';
import { describeCell, describeRecord } from './text/comparisonCell.ts';
import { duration } from './text/units.ts';

/** Shows the progress of a comparison: a line for every run that has ended, and one for what it does now. */
export class ComparisonProgress {
  readonly #output: Output;
  readonly #grouping: ComparisonSummary['grouping'];
  /** Runs that have ended, those of an earlier start too, and the seconds that they took. */
  readonly #seconds: number[] = [];
  #planned = 0;
  #now: { title: string; epochs: number; since: number } | null = null;

  constructor(output: Output, { grouping }: Pick<ComparisonSummary, 'grouping'>) {
    this.#output = output;
    this.#grouping = grouping;
  }

  show(event: ComparisonEvent): void {
    switch (event.kind) {
      case 'message':
        return this.#output.progress(event.message);
      case 'cell':
        this.#planned = event.planned;
        this.#now = { title: this.#titleOf(event.cell), epochs: event.cell.epochs, since: performance.now() };
        return this.#output.progress(`${this.#place(1)}  ${this.#now.title}`);
      case 'run':
        return this.#run(event.event);
      case 'finished': {
        const { record } = event;
        this.#seconds.push(this.#now ? (performance.now() - this.#now.since) / 1000 : record.trainingSeconds);
        this.#now = null;
        return this.#output.note(`${this.#place(0)}  ${this.#titleOf(record.cell)}  ${describeRecord(record)}`);
      }
      case 'status':
        if (event.status === 'queued') this.#output.note(QUEUED);
    }
  }

  #titleOf(cell: ComparisonCell): string {
    return describeCell(cell, this.#grouping);
  }

  #run(event: RunEvent): void {
    const now = this.#now;
    if (!now) return;
    const line = (...parts: string[]) => this.#output.progress([this.#place(1), now.title, ...parts].join('  '));
    if (event.kind === 'stage') return line(event.message);
    if (event.kind !== 'step') return;
    const epoch = `epoch ${event.epoch} of ${now.epochs}`;
    line(epoch, `loss ${event.loss.toFixed(4)}`, `about ${duration(this.#left(event.remainingSeconds))} left`);
  }

  /** Seconds that are left: of this run, and as long for each of the others as a run took so far. */
  #left(ofThisRun: number): number {
    const spent = this.#now ? (performance.now() - this.#now.since) / 1000 : 0;
    const known = this.#seconds.length > 0 ? this.#seconds : [spent + ofThisRun];
    const mean = known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
    return ofThisRun + mean * Math.max(0, this.#planned - this.#seconds.length - 1);
  }

  #place(next: 0 | 1): string {
    const position = this.#seconds.length + next;
    return this.#planned > 0 ? `run ${position} of ${Math.max(this.#planned, position)}` : `run ${position}`;
  }
}
