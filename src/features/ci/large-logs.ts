import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toRateKey } from '../../inbound/rate-limit/rate-key.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { Places } from '../../inbound/streaming/places.ts';
import { UpstreamError } from '../../outbound/index.ts';
import type { SemaphoreJobLog } from '../../providers/semaphore/semaphore-shapes.ts';

/** In characters. A log of 16 MB takes some 160 MB until its reader has it. */
const LARGE = 1_000_000;

const LIMITS = { max: 4, maxEach: 2 };
const RETRY_AFTER_MS = 5_000;

/** Keeps large logs from taking all memory together: four are answered at once, two of one caller. */
@Injectable()
export class LargeLogs {
  readonly #places = new Places(LIMITS);

  /** The log, which has its place until the answer is over. @throws UpstreamError `overloaded` when there is none */
  hold(log: SemaphoreJobLog, request: FastifyRequest, { raw }: FastifyReply): SemaphoreJobLog {
    if (!isLarge(log)) return log;
    const leave = this.#places.enter(toRateKey(request, contextOf(request).caller));
    if (leave === undefined) throw tooMany();
    raw.once('close', leave);
    return log;
  }
}

const isLarge = (log: SemaphoreJobLog): boolean => {
  let length = 0;
  for (const { text } of 'lines' in log ? log.lines : []) if ((length += text.length + 1) > LARGE) return true;
  return false;
};

const tooMany = (): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    provider: 'semaphore',
    operation: 'getJobLog',
    reason: 'too many large logs are being read already, in all or by this caller',
    retryAfterMs: RETRY_AFTER_MS,
  });
