import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { compileTrust, type IsTrusted } from '../../inbound/trusted-proxies.ts';
import { upgradeOf } from '../../inbound/upgrades.ts';
import { leaveReply, UpstreamError, type RelayedRequest, type Reply } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { passInterim } from '../headers/early-hints.ts';
import { toIncoming } from '../headers/to-incoming.ts';
import type { Destination, Route } from '../routes/route.ts';
import { answer, type Exchange } from './answer.ts';
import { hasBody, takeBody } from './take-body.ts';
import { switchProtocols } from './switch-protocols.ts';

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly body: RelayedRequest['body'];
}

/** Passes a request on as its route says, and the answer back, both while they come. */
@Injectable()
export class PassThrough {
  readonly #isTrusted: IsTrusted;

  constructor(
    private readonly clock: Clock,
    @Inject(serverConfig.KEY) { trustProxy }: ServerOptions,
  ) {
    this.#isTrusted = compileTrust(trustProxy);
  }

  /** Resolves when the answer has ended. What it throws is to be answered with a problem. */
  async pass(route: Route, destination: Destination, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!route.tryEnter()) throw overloaded(route);
    let body: RelayedRequest['body'] = null;
    try {
      if (hasBody(request.raw)) body = await takeBody(route, request.raw, { response: reply.raw, clock: this.clock });
      const upstream = await route.target.provider.relay(this.toRelayed(route, destination, { request, reply, body }));
      const exchange = { request, reply, route, upstreamPath: destination.path, stripped: destination.stripped };
      await this.answer(exchange, upstream);
    } finally {
      // What the upstream did not want to hear to its end.
      if (body instanceof Readable) body.destroy();
      route.leave();
    }
  }

  private async answer(exchange: Exchange, upstream: Reply): Promise<void> {
    try {
      if (upstream.tunnel) await switchProtocols(exchange, upstream, this.clock);
      else await answer(exchange, upstream, this.clock);
    } catch (error) {
      leaveReply(upstream);
      throw error;
    }
  }

  private toRelayed(route: Route, { path, affinity }: Destination, { request, reply, body }: Asked): RelayedRequest {
    const context = contextOf(request);
    const upgrade = toUpgrade(route, request);
    const passedOn = { hasBody: body !== null, isUpgrade: upgrade !== undefined };
    return {
      operation: route.operation(request.method),
      method: request.method,
      path,
      headers: route.toRequestHeaders(toIncoming(request, this.#isTrusted, passedOn)),
      body,
      deadlineAt: context.deadlineAt,
      signal: context.cancellation,
      noteHead: (status, headers) => {
        if (status < 200) passInterim(reply.raw, status, headers);
      },
      // On a route for users it was for us.
      ...(route.options.public && request.raw.headers.authorization !== undefined ? { hadCredential: true } : {}),
      ...(affinity === undefined ? {} : { affinity }),
      ...(upgrade === undefined ? {} : { upgrade }),
    };
  }
}

/** Of those that the request offers, the one that the route allows. */
const toUpgrade = ({ options }: Route, { raw }: FastifyRequest): string | undefined => {
  if (upgradeOf(raw) === undefined) return undefined;
  const offered = String(raw.headers.upgrade).toLowerCase();
  return options.upgrades.includes(offered) ? offered : undefined;
};

const overloaded = ({ options, target }: Route): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    provider: target.provider.name,
    operation: options.name,
    reason: `${options.maxConcurrent} requests to this route are under way`,
    retryAfterMs: 1_000,
    sent: false,
  });
