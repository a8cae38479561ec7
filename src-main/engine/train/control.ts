/** How a shell steers a run that is training: looked at between two steps. */
export class RunControl {
  #paused: { resume: () => void; wait: Promise<void> } | null = null;
  #pausedSeconds = 0;
  #ending: 'stop' | 'interrupt' | null = null;
  readonly #aborted = new AbortController();
  readonly #onChange: (paused: boolean) => void | Promise<void>;

  /** @param onChange told when training really waits or goes on again */
  constructor(onChange: (paused: boolean) => void | Promise<void>) {
    this.#onChange = onChange;
  }

  /** Aborted when the run is ended: for work that is not done in steps. */
  get signal(): AbortSignal {
    return this.#aborted.signal;
  }

  /** `stop`: the user has enough, the best epoch is tested. `interrupt`: the engine closes, the run can be resumed. */
  get ending(): 'stop' | 'interrupt' | null {
    return this.#ending;
  }

  /** How long training has waited in all. */
  get pausedSeconds(): number {
    return this.#pausedSeconds;
  }

  pause(): void {
    if (this.#paused || this.#ending) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#paused = { resume: resolve, wait: promise };
  }

  resume(): void {
    this.#paused?.resume();
    this.#paused = null;
  }

  end(how: 'stop' | 'interrupt'): void {
    // An engine that closes does not wait for the test of the best epoch.
    if (this.#ending !== 'interrupt') this.#ending = how;
    this.#aborted.abort();
    this.resume();
  }

  /** Waits while paused. */
  async checkpoint(): Promise<void> {
    if (!this.#paused) return;
    await this.#onChange(true);
    const since = performance.now();
    await this.#paused.wait;
    this.#pausedSeconds += (performance.now() - since) / 1000;
    if (!this.#ending) await this.#onChange(false);
  }
}
