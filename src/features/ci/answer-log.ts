import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SemaphoreJobLog } from '../../providers/semaphore/semaphore-shapes.ts';
import type { JobLog } from './jobs.dto.ts';
import { prefersText } from './prefers-text.ts';

/**
 * The log as the caller wants it: JSON, the lines themselves, or on to where it is kept. That address carries its own
 * permission: nobody but the caller goes there, and nobody keeps it.
 */
export const answerLog = (
  log: SemaphoreJobLog,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): JobLog | string | undefined => {
  if ('location' in log) {
    reply.code(302).headers({ location: log.location, 'cache-control': 'no-store' });
    return undefined;
  }
  reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '));
  if (!prefersText(headers.accept)) return toJobLog(log);
  reply.type('text/plain; charset=utf-8');
  return log.lines.map(({ text }) => `${text}\n`).join('');
};

const toJobLog = ({ lines }: Extract<SemaphoreJobLog, { lines: unknown }>): JobLog => ({
  items: lines.map(({ at, text }, index) => ({ id: index + 1, at, text })),
  next: null,
});
