import { STATUS_CODES } from 'node:http';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { takeSocket } from '../../inbound/upgrades.ts';
import { leaveReply, UpstreamError, type Reply } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { toAnswer, type Exchange } from './answer.ts';
import { openTunnel, type Tunnel } from './tunnel.ts';

/** Joins the two connections after the upstream's 101; resolves when both are closed. @throws UpstreamError for another protocol */
export const switchProtocols = async (exchange: Exchange, upstream: Reply, clock: Clock): Promise<void> => {
  try {
    refuseOther(exchange, upstream);
    await join(exchange, upstream, clock).closed;
  } catch (error) {
    leaveReply(upstream);
    throw error;
  }
};

const join = (exchange: Exchange, upstream: Reply, clock: Clock): Tunnel => {
  const { request, reply, route } = exchange;
  reply.hijack();
  const { socket, head } = takeSocket(request.raw);
  socket.write(toHead(exchange, upstream), 'latin1');
  return openTunnel({
    caller: socket,
    callerHead: head,
    upstream: upstream.tunnel!,
    idleMs: route.options.timeouts.tunnelIdleMs,
    clock,
    signal: contextOf(request).cancellation,
  });
};

/** RFC 9110 §7.8: it may go on only with what it was asked for. */
const refuseOther = ({ request, route }: Exchange, { status, headers }: Reply): void => {
  if (String(headers['upgrade']).toLowerCase() === String(request.raw.headers.upgrade).toLowerCase()) return;
  throw new UpstreamError({
    code: 'upstream_invalid_answer',
    provider: route.target.provider.name,
    operation: route.options.name,
    reason: 'the answer goes on with another protocol than was asked for',
    status,
    transient: false,
  });
};

const toHead = (exchange: Exchange, upstream: Reply): string => {
  const { status, headers } = upstream;
  const fields = exchange.route.toResponseHeaders(toAnswer(exchange, upstream, false));
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'connection: upgrade'];
  for (let at = 0; at < fields.length; at += 2) lines.push(`${fields[at]}: ${fields[at + 1]}`);
  lines.push(`upgrade: ${String(headers['upgrade'])}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
};
