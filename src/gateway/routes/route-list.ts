import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Admission } from '../../inbound/authentication/admission.ts';
import type { OffsetQuery } from '../../inbound/pagination/offset-query.dto.ts';
import type { Caller } from '../../platform/context/caller.ts';
import type { GatewayRoute, GatewayRoutes } from '../gateway.dto.ts';
import type { RouteOptions } from './route-options.ts';
import { RouteTable } from './route-table.ts';

/** What each caller may know of the routes: those that it may use. */
@Injectable()
export class RouteList {
  constructor(
    private readonly table: RouteTable,
    private readonly admission: Admission,
  ) {}

  async read(request: FastifyRequest, { limit, offset }: OffsetQuery): Promise<GatewayRoutes> {
    const caller = await this.admission.find(request);
    const usable = this.table.all().filter(({ options }) => mayUse(options, caller));
    const items = usable.slice(offset, offset + limit).map(({ options }) => toListed(options));
    return { items, total: usable.length, limit, offset };
  }
}

const mayUse = (route: RouteOptions, caller: Caller | undefined): boolean =>
  route.public || (caller !== undefined && route.scopes.every((scope) => caller.scopes.includes(scope)));

const toListed = ({ name, description, match, public: isPublic, scopes }: RouteOptions): GatewayRoute => ({
  name,
  path: `/gateway/${name}`,
  ...(description === undefined ? {} : { description }),
  ...(match.methods ? { methods: [...match.methods] } : {}),
  public: isPublic,
  scopes: [...scopes],
});
