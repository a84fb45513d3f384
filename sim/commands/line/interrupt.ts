/** Ctrl-C, or a polite end from outside. */
export class Interrupted extends Error {
  /** @param left what is there in spite of it */
  constructor(left = 'nothing was written') {
    super(`interrupted; ${left}`);
    this.name = 'Interrupted';
  }
}

interface Interrupt {
  /** Aborts, with Interrupted as its reason, when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Lets such a request end the process at once again. */
  release(): void;
}

/** Hears requests to end, so that what is under way stops at the next safe place and leaves nothing half-written. */
export function hearInterrupts(): Interrupt {
  const controller = new AbortController();
  const abort = () => controller.abort(new Interrupted());
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', abort);
      process.off('SIGTERM', abort);
    },
  };
}
