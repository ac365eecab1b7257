import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finalize, mergeMap, type Observable } from 'rxjs';
import { UpstreamError } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { contextOf } from '../request-context.hook.ts';
import { toRateKey } from '../rate-limit/rate-key.ts';
import { endWithProblem } from './end-with-problem.ts';
import { Places } from './places.ts';
import { readForRequest } from './read-for-request.ts';
import { Reader } from './reader.ts';
import { sendHead } from './send-head.ts';
import { streamedRoute } from './streamed-route.ts';
import { toLines } from './to-lines.ts';

/** An answer as the handler gives it. */
type Pages = AsyncIterable<readonly object[]>;

const HEAD = { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' } as const;

/** Each holds a page in memory while its reader takes its time. */
const LIMITS = { max: 32, maxEach: 8 };

/** Nobody can say when a stream ends: long enough for a small one. */
const RETRY_AFTER_MS = 5_000;

/** Sends what the handler returns as `Streams` promises. */
@Injectable()
export class NdjsonInterceptor implements NestInterceptor<Pages, void> {
  readonly #places = new Places(LIMITS);

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler<Pages>): Observable<void> {
    const http = execution.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const leave = this.#places.enter(toRateKey(request, contextOf(request).caller));
    if (leave === undefined) throw tooMany(request, execution.getHandler().name);
    return next.handle().pipe(
      mergeMap((pages) => this.answer(pages, request, reply)),
      finalize(leave),
    );
  }

  private async answer(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const context = contextOf(request);
    const read = readForRequest(pages, context);
    let reader: Reader | undefined;
    try {
      for (let page = await read.next(); ; page = await read.next()) {
        reader ??= this.begin(request, reply);
        if (page.done === true || request.method === 'HEAD') break;
        await give(page.value, reader, context.signal);
      }
      await reader.end();
    } catch (thrown) {
      if (reader === undefined) throw thrown;
      await endWithProblem(thrown, { request, reader, log: this.log });
    } finally {
      await read.return();
    }
  }

  private begin(request: FastifyRequest, reply: FastifyReply): Reader {
    sendHead(request, reply, HEAD);
    return new Reader(reply.raw, this.clock);
  }
}

/** Lines are given whole, so that a last one with a problem stays a line of its own. */
const give = async (page: readonly object[], reader: Reader, signal: AbortSignal): Promise<void> => {
  for (const lines of toLines(page)) {
    await reader.take(lines);
    signal.throwIfAborted();
  }
};

const tooMany = ({ routeOptions }: FastifyRequest, operation: string): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    provider: streamedRoute(routeOptions.config)?.provider ?? 'unknown',
    operation,
    reason: 'too many streams are under way already, in all or for this caller',
    retryAfterMs: RETRY_AFTER_MS,
    sent: false,
  });
