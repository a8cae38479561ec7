import type { RunControl } from './control.ts';

/** What a forward pass costs, in training steps. */
const FORWARD = 1 / 3;

interface PaceOptions {
  /** Planned in all, and finished before this session. */
  epochs: number;
  finished: number;
  /** Batches in an epoch that are trained on, and that only go forward: calibration and validation. */
  steps: number;
  forwardSteps: number;
}

/** How fast a session of training is, pauses left out. */
export class Pace {
  readonly #control: Pick<RunControl, 'pausedSeconds'>;
  readonly #options: PaceOptions;
  readonly #perEpoch: number;
  readonly #started: number;
  #epochStarted: number;

  constructor(control: Pick<RunControl, 'pausedSeconds'>, options: PaceOptions) {
    this.#control = control;
    this.#options = options;
    this.#perEpoch = options.steps + options.forwardSteps * FORWARD;
    this.#started = this.#epochStarted = this.#now();
  }

  startEpoch(): void {
    this.#epochStarted = this.#now();
  }

  /** Seconds since the epoch began. */
  get epochSeconds(): number {
    return this.#now() - this.#epochStarted;
  }

  /** Seconds to the end of the last planned epoch after `step` steps of `epoch`, by the mean speed of this session. */
  remainingSeconds(epoch: number, step: number): number {
    const { epochs, finished } = this.#options;
    const done = (epoch - 1 - finished) * this.#perEpoch + step;
    const left = (epochs - epoch + 1) * this.#perEpoch - step;
    return ((this.#now() - this.#started) / done) * left;
  }

  #now(): number {
    return performance.now() / 1000 - this.#control.pausedSeconds;
  }
}
