import type { RunControl } from './control.ts';

/** What a forward pass costs, as a share of a training step on the same image. */
const FORWARD = 1 / 3;

interface PaceOptions {
  /** Planned in all, and finished before this session. */
  epochs: number;
  finished: number;
  /** Images of an epoch that are trained on, and that only go forward: calibration and validation. */
  images: number;
  forwardImages: number;
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
    this.#perEpoch = options.images + options.forwardImages * FORWARD;
    this.#started = this.#epochStarted = this.#now();
  }

  startEpoch(): void {
    this.#epochStarted = this.#now();
  }

  /** Seconds since the epoch began. */
  get epochSeconds(): number {
    return this.#now() - this.#epochStarted;
  }

  /** Seconds to the end of the last planned epoch after so many images of `epoch`, by the mean speed of this session. */
  remainingSeconds(epoch: number, images: number): number {
    const { epochs, finished } = this.#options;
    const done = (epoch - 1 - finished) * this.#perEpoch + images;
    const left = (epochs - epoch + 1) * this.#perEpoch - images;
    return ((this.#now() - this.#started) / done) * left;
  }

  #now(): number {
    return performance.now() / 1000 - this.#control.pausedSeconds;
  }
}
