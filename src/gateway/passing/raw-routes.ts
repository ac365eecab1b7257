import { METHODS } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { Clock } from '../../platform/clock.ts';
import { Log } from '../../platform/logging/log.ts';
import { AggregateRoute } from '../aggregation/aggregate-route.ts';
import { Aggregator } from '../aggregation/aggregator.ts';
import { Entrance } from './enter.ts';
import { PassThrough } from './pass-through.ts';
import { refuse } from './refuse.ts';

/** CONNECT asks for a tunnel to anywhere, TRACE mirrors credentials. */
const NEVER_PASSED = new Set(['CONNECT', 'TRACE']);

/**
 * Routes beside Nest's own, in a scope of their own: nobody parses their bodies, and no guard runs but what `Entrance`
 * asks. Hooks, deadlines and the log are those of all requests.
 */
@Injectable()
export class RawRoutes {
  constructor(
    private readonly entrance: Entrance,
    private readonly passThrough: PassThrough,
    private readonly aggregator: Aggregator,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Nobody waits for the scope: the server would begin to load before Nest has set its error handler. */
  addTo(server: FastifyInstance): void {
    const methods = METHODS.filter((method) => !NEVER_PASSED.has(method));
    const unknown = methods.filter((method) => !server.supportedMethods.includes(method));
    for (const method of unknown) server.addHttpMethod(method, { hasBody: true });
    void server.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.setErrorHandler((thrown, request, reply) =>
        refuse(request, reply, { thrown, log: this.log, clock: this.clock }),
      );
      const config = { streams: { provider: 'gateway' }, streamsBody: true };
      const handler = (request: FastifyRequest, reply: FastifyReply): void => void this.handle(request, reply);
      for (const url of ['/gateway/:route', '/gateway/:route/*'])
        scope.route({ method: methods, url, config, handler, exposeHeadRoute: false });
      done();
    });
  }

  private async handle(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const entering = this.entrance.enter(request, reply);
      const entered = entering instanceof Promise ? await entering : entering;
      const { route, query } = entered;
      const refused = route.refusedKeys(query);
      if (refused.length > 0) throw unknownKeys(refused);
      if (route instanceof AggregateRoute) return await this.aggregator.answer(route, entered, request, reply);
      await this.passThrough.pass(route, route.toDestination(entered, request.raw.headers), request, reply);
    } catch (thrown) {
      refuse(request, reply, { thrown, log: this.log, clock: this.clock });
    }
  }
}

const unknownKeys = (keys: readonly string[]): InvalidRequest =>
  new InvalidRequest(keys.map((key) => ({ field: key, detail: 'is not a query key that this route takes' })));
