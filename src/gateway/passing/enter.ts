import { HttpException, Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Admission } from '../../inbound/authentication/admission.ts';
import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { isSoundQuery } from '../routes/is-sound-query.ts';
import { normalisePath } from '../routes/normalise-path.ts';
import type { Taken } from '../routes/route.ts';
import { RouteTable, type AnyRoute } from '../routes/route-table.ts';
import { splitTarget, type SplitTarget } from './split-target.ts';

/** A request that its route takes. */
export interface Entered extends Taken {
  readonly route: AnyRoute;
}

const UNSOUND_QUERY = { field: 'query', detail: 'holds characters that have to be percent-encoded' };

const NO_ROUTE = 'There is no such route, or not with this method';

/** Finds the route of a request, lets its caller in, and looks whether the route takes it. */
@Injectable()
export class Entrance {
  constructor(
    private readonly table: RouteTable,
    private readonly admission: Admission,
  ) {}

  /** At once, if nobody has to be asked. Throws, or rejects with, what is to be answered with a problem. */
  enter(request: FastifyRequest, reply: FastifyReply): Entered | Promise<Entered> {
    const target = splitTarget(request.raw.url!);
    const route = this.table.find(target.name);
    if (route === undefined) throw new NotFoundException(NO_ROUTE);
    const { options } = route;
    const access = options.public ? 'public' : 'token';
    const asked = { access, scopes: options.scopes, isCounted: true, ownLimit: route.rateLimit } as const;
    const admitted = this.admission.admit({ request, reply, ...asked });
    const take = (): Entered => this.take(route, target, request, reply);
    if (admitted === undefined) return take();
    // Routes may have been loaded anew while somebody was asked: what the one of before leads to may be closed by now.
    return admitted.then(() => (this.table.find(target.name) === route ? take() : this.enter(request, reply)));
  }

  private take(route: AnyRoute, target: SplitTarget, request: FastifyRequest, reply: FastifyReply): Entered {
    const { options } = route;
    const path = normalisePath(target.path, options.rewriting.allowEncodedSlashes);
    if (typeof path !== 'string') throw new InvalidRequest([{ field: 'path', detail: path.refusal }]);
    if (!isSoundQuery(target.query)) throw new InvalidRequest([UNSOUND_QUERY]);
    return { route, path, query: target.query, values: this.match(route, path, request, reply) };
  }

  private match(route: AnyRoute, path: string, request: FastifyRequest, reply: FastifyReply): Entered['values'] {
    const { headers } = request.raw;
    const host = headers.host?.replace(/:\d*$/, '').toLowerCase();
    const match = route.matches({ method: request.method, path, host, headers });
    if (match.kind === 'match') return match.values;
    if (match.kind === 'absent') throw new NotFoundException(NO_ROUTE);
    reply.header('allow', match.allowed.join(', '));
    throw new HttpException(`This route takes ${match.allowed.join(', ')} only`, 405);
  }
}
