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
import { failureOfBody } from './trailed-body.ts';

export type Controller = Dispatcher.DispatchController;

/** What we asked for cannot be sent, a header value that is none for one: no fault of the upstream. */
const isOurMistake = (error: Error): boolean =>
  ['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED'].includes(codeOf(error));

/** One attempt on the wire; settles once. What becomes of the body is for those who extend it. */
export abstract class ReplyHandler implements Dispatcher.DispatchHandler {
  protected controller: Controller | undefined;
  protected status = 0;
  protected headers: HeaderMap = {};

  constructor(
    protected readonly call: Call,
    protected readonly clock: Clock,
    private readonly resolve: (reply: Reply) => void,
    private readonly reject: (error: Error) => void,
  ) {
    this.forgetPhases();
    this.notePhase('dispatchedMs');
  }

  /** What the call's signal runs: fails with its reason, and frees the connection. */
  readonly abort = (): void => {
    const reason = this.call.signal.reason;
    this.fail(reason);
    this.controller?.abort(reason);
  };

  onRequestStart(controller: Controller): void {
    this.controller = controller;
    this.notePhase('sentMs');
    // Aborted while it waited for a connection: nothing is sent.
    if (this.call.signal.aborted) controller.abort(this.call.signal.reason);
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return this.call.noteHead?.(status, headers);
    this.status = status;
    this.headers = headers;
    this.notePhase('firstByteMs');
    this.call.noteHead?.(status, headers);
    this.onHead(controller);
  }

  abstract onResponseData(controller: Controller, chunk: Buffer): void;

  abstract onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void;

  onResponseError(_controller: Controller | undefined, error: Error): void {
    const isOurs = error instanceof UpstreamError || isOurMistake(error) || error === failureOfBody(this.call.body);
    this.fail(isOurs ? error : this.toError(error));
  }

  /** Status and headers are there. */
  protected abstract onHead(controller: Controller): void;

  protected fail(error: Error): void {
    this.stopListening();
    this.reject(error);
  }

  protected succeed(reply: Reply): void {
    this.stopListening();
    this.resolve(reply);
  }

  protected failure(kind: Pick<UpstreamError, 'code' | 'transient'>, reason: string): UpstreamError {
    return callError(this.call, { ...kind, reason, sent: this.controller !== undefined });
  }

  /** An attempt may need a second request: what is told is where that one stands. */
  private forgetPhases(): void {
    const record = currentAttempt(this.call);
    if (record?.sentMs !== undefined) delete record.sentMs;
    if (record?.firstByteMs !== undefined) delete record.firstByteMs;
  }

  private notePhase(phase: 'dispatchedMs' | 'sentMs' | 'firstByteMs'): void {
    const record = currentAttempt(this.call);
    if (record) record[phase] = sinceAttemptBegan(record, this.call.receipt, this.clock);
  }

  private toError(error: Error): UpstreamError {
    const wasAnswering = this.status > 0 ? ' while it was answering' : '';
    const why = error instanceof EgressRefused ? `${codeOf(error)}: ${error.message}` : codeOf(error);
    return this.failure(toTransportFailure(error), `${why}${wasAnswering}`);
  }

  private stopListening(): void {
    this.call.signal.removeEventListener('abort', this.abort);
  }
}
