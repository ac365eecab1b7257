import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Dispatcher } from 'undici';

/** Node's request and answer, steered as undici's are. */
export class NodeController implements Dispatcher.DispatchController {
  answer: IncomingMessage | undefined;
  reason: Error | null = null;

  constructor(private readonly request: ClientRequest) {}

  get aborted(): boolean {
    return this.reason !== null;
  }

  get paused(): boolean {
    return this.answer?.isPaused() ?? false;
  }

  abort(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    this.request.destroy(reason);
  }

  pause(): void {
    this.answer?.pause();
  }

  resume(): void {
    this.answer?.resume();
  }
}
