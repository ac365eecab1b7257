import type { FastifyRequest } from 'fastify';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import type { Log } from '../../platform/logging/log.ts';
import { toFailure } from '../problems/to-failure.ts';
import { toProblem, toProblemParts } from '../problems/to-problem.ts';
import { contextOf } from '../request-context.hook.ts';
import { ReaderStalled } from './reader-stalled.ts';
import type { Reader } from './reader.ts';
import { toLine } from './to-lines.ts';

/** Ends a stream that has begun and cannot go on. The connection breaks off when the reader has the last line. */
export const endWithProblem = async (
  thrown: unknown,
  { request, reader, log }: { readonly request: FastifyRequest; readonly reader: Reader; readonly log: Log },
): Promise<void> => {
  const context = contextOf(request);
  const { requestId } = context;
  // Nobody reads it.
  if (thrown instanceof CallerGone || context.signal.reason instanceof CallerGone) return reader.breakOff();
  if (thrown instanceof ReaderStalled) {
    context.failure = { code: 'reader_stalled', reason: thrown.message };
    return reader.breakOff();
  }
  const parts = toProblemParts(thrown);
  context.failure = toFailure(parts, thrown);
  if (parts.code === 'internal') log.error({ requestId, error: thrown }, 'A stream failed for a reason nobody foresaw');
  await reader.take(toLine({ problem: toProblem(parts, { url: request.url, requestId }) })).catch(() => undefined);
  reader.breakOff();
};
