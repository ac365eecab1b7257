import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { expectsContinue, writeContinue } from '../../inbound/continue.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Route } from '../routes/route.ts';
import { BodyTooLarge } from './body-too-large.ts';
import { readSmallBody } from './read-small-body.ts';
import { RequestBody } from './request-body.ts';

/** Bodies up to this size are held, where that allows their request to be repeated. */
const SMALL_BYTES = 65_536;

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

interface Surroundings {
  readonly response: ServerResponse;
  readonly clock: Clock;
}

/** The body as it comes; whole, if it is small and its request may be repeated. */
export const takeBody = async (
  route: Route,
  incoming: IncomingMessage,
  { response, clock }: Surroundings,
): Promise<Readable | Buffer> => {
  const { maxBytes } = route.options.request;
  const length = Number(incoming.headers['content-length'] ?? Infinity);
  if (length !== Infinity && length > maxBytes) throw new BodyTooLarge(maxBytes);
  const onFirstRead = expectsContinue(incoming) ? (): void => writeContinue(incoming, response) : undefined;
  const parts = { maxBytes, idleMs: route.options.timeouts.idleMs, clock, response };
  const mayRepeat = route.mayRepeat(incoming.method!, incoming.headers['idempotency-key'] !== undefined);
  // Who waits for 100 wants to hear from the upstream first.
  if (mayRepeat && length <= SMALL_BYTES && onFirstRead === undefined) return readSmallBody(incoming, parts);
  return new RequestBody(incoming, { ...parts, ...(onFirstRead && { onFirstRead }) });
};
