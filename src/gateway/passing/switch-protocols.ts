import { STATUS_CODES } from 'node:http';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { takeSocket } from '../../inbound/upgrades.ts';
import type { Reply } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { toAnswer, type Exchange } from './answer.ts';
import { openTunnel } from './tunnel.ts';

/** Joins the two connections after the upstream's 101; resolves when both are closed. */
export const switchProtocols = async (exchange: Exchange, upstream: Reply, clock: Clock): Promise<void> => {
  const { request, reply, route } = exchange;
  const { raw } = request;
  reply.hijack();
  const { socket, head } = takeSocket(raw);
  socket.write(toHead(exchange, upstream), 'latin1');
  const tunnel = openTunnel({
    caller: socket,
    callerHead: head,
    upstream: upstream.tunnel!,
    idleMs: route.options.timeouts.tunnelIdleMs,
    clock,
    signal: contextOf(request).signal,
  });
  await tunnel.closed;
};

const toHead = (exchange: Exchange, upstream: Reply): string => {
  const { status, headers } = upstream;
  const fields = exchange.route.toResponseHeaders(toAnswer(exchange, upstream, false));
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'connection: upgrade'];
  for (let at = 0; at < fields.length; at += 2) lines.push(`${fields[at]}: ${fields[at + 1]}`);
  lines.push(`upgrade: ${String(headers['upgrade'])}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
};
