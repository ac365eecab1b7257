import { Tracing } from './tracing.ts';

/** Nothing is traced. */
export class NoTracing extends Tracing {
  readonly isOn = false;
  readonly sample = undefined;

  record(): void {
    // Whoever asks `isOn` does not come here.
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
