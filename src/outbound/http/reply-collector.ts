import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../platform/clock.ts';
import { EgressRefused } from '../egress/egress-refused.ts';
import { callError } from '../errors/call-error.ts';
import { codeOf, toTransportFailure } from '../errors/transport-failure.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { currentAttempt, sinceAttemptBegan } from '../telemetry/attempt-record.ts';
import type { Call, Reply } from './call.ts';
import type { HeaderMap } from './header-map.ts';

type Controller = Dispatcher.DispatchController;

/** What we asked for cannot be sent, a header value that is none for one: no fault of the upstream. */
const isOurMistake = (error: Error): boolean =>
  ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'].includes(codeOf(error));

/** Gathers one answer, at most as large as it may be; settles once, when it is whole, broken or not wanted any more. */
export class ReplyCollector implements Dispatcher.DispatchHandler {
  #controller: Controller | undefined;
  #status = 0;
  #headers: HeaderMap = {};
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(
    private readonly call: Call,
    private readonly clock: Clock,
    private readonly resolve: (reply: Reply) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  /** What the call's signal runs: fails with its reason, and frees the connection. */
  readonly abort = (): void => {
    const reason = this.call.signal.reason as Error;
    this.fail(reason);
    this.#controller?.abort(reason);
  };

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    // Aborted while it waited for a connection: nothing is sent.
    if (this.call.signal.aborted) controller.abort(this.call.signal.reason as Error);
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return this.call.noteHead?.(status, headers);
    this.#status = status;
    this.#headers = headers;
    const record = currentAttempt(this.call.receipt);
    if (record) record.firstByteMs = sinceAttemptBegan(record, this.call.receipt, this.clock);
    this.call.noteHead?.(status, headers);
    if (Number(headers['content-length']) > this.maxBytes && this.call.method !== 'HEAD') this.refuseSize(controller);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.maxBytes) return this.refuseSize(controller);
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.stopListening();
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#length);
    this.resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: Controller | undefined, error: Error): void {
    this.fail(error instanceof UpstreamError || isOurMistake(error) ? error : this.toError(error));
  }

  private get maxBytes(): number {
    return this.call.operation.maxResponseBytes;
  }

  private refuseSize(controller: Controller): void {
    // Of an error, the status is enough.
    if (this.#status >= 400) this.resolve({ status: this.#status, headers: this.#headers, body: Buffer.alloc(0) });
    const reason = `the answer is larger than ${this.maxBytes} bytes`;
    controller.abort(this.failure({ code: 'upstream_invalid_answer', transient: false }, reason));
  }

  private toError(error: Error): UpstreamError {
    const wasAnswering = this.#status > 0 ? ' while it was answering' : '';
    const why = error instanceof EgressRefused ? `${codeOf(error)}: ${error.message}` : codeOf(error);
    return this.failure(toTransportFailure(error), `${why}${wasAnswering}`);
  }

  private failure(kind: Pick<UpstreamError, 'code' | 'transient'>, reason: string): UpstreamError {
    return callError(this.call, { ...kind, reason, sent: this.#controller !== undefined });
  }

  private fail(error: Error): void {
    this.stopListening();
    this.reject(error);
  }

  private stopListening(): void {
    this.call.signal.removeEventListener('abort', this.abort);
  }
}
