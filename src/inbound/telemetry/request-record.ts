import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallReceipt } from '../../outbound/index.ts';
import type { RequestContext } from '../../platform/context/request-context.ts';

/** What records show for a caller that left before it was answered. */
export const CALLER_GONE_STATUS = 499;

/** What is told of the request itself; it may have been answered ahead of the framework. */
export interface RecordedRequest extends Pick<FastifyRequest, 'method' | 'protocol' | 'headers'> {
  readonly raw: Pick<IncomingMessage, 'httpVersion'>;
}

/** What became of one request to us: for logs, metrics and traces, told when it is over. */
export interface RequestRecord {
  readonly request: RecordedRequest;
  readonly reply: Pick<FastifyReply, 'statusCode'>;
  readonly context: RequestContext;
  /** The template of its route, such as `/api/v1/pokemon/:name`; undefined when it led to none. */
  readonly route: string | undefined;
  /** 499 when the caller left before it was answered. */
  readonly status: number;
  /** On the clock's monotonic scale. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** An answer that had begun, and that we could not finish. */
  readonly isBrokenOff: boolean;
  /** The upstream calls that were made for it and are over, in the order in which they ended: 50 at most, as `CallsOfRequests` says. */
  readonly calls: readonly CallReceipt[];
}
