import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cancel, Clock } from '../../platform/clock.ts';

/** How much of a body is taken in though nobody wants it. Enough for what is on its way when the answer is given. */
const DISCARD_BYTES = 1_048_576;

/** How long a caller may go on sending after it was answered. */
const LINGER_MS = 5_000;

/**
 * Throws away what a caller still sends of a body that nobody wants. A caller that reads only when it has sent all gets its
 * answer that way, and the connection can go on; more than 1 MiB is not taken in. What has not come to its end 5 s
 * after the answer did ends with its connection: not at once, since a connection that is closed with bytes unread is reset,
 * and a reset takes with it what the caller has not read of the answer yet.
 *
 * Node itself would take in such bodies without limit, or, where somebody has begun to read, not at all.
 */
export const discardRest = (incoming: IncomingMessage, response: ServerResponse, clock: Clock): void => {
  const { socket } = incoming;
  // Nothing comes any more, and nobody would say so again.
  if (socket.destroyed) return;
  let left = DISCARD_BYTES;
  let cancel: Cancel | undefined;
  const onData = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left < 0) incoming.pause();
  };
  const linger = (): void => {
    cancel ??= clock.schedule(() => socket.destroy(), LINGER_MS);
  };
  const stop = (): void => {
    cancel?.();
    incoming.off('data', onData).off('end', stop);
    response.off('close', linger);
    socket.off('close', stop);
  };
  incoming.on('data', onData).on('end', stop).resume();
  socket.on('close', stop);
  if (response.closed) linger();
  else response.on('close', linger);
};
