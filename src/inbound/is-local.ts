import type { FastifyRequest } from 'fastify';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** What of a request tells who makes it. */
export type Presented = Pick<FastifyRequest, 'headers' | 'raw'>;

/** Whether a request comes from this machine, and through no proxy that says so. */
export const isLocal = ({ raw, headers }: Presented): boolean =>
  LOOPBACK.test(raw.socket.remoteAddress ?? '') && FORWARDING_HEADERS.every((name) => headers[name] === undefined);
