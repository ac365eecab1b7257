import { Controller, Get, Query, Req, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../inbound/authentication/access.ts';
import { OffsetQuery } from '../inbound/pagination/offset-query.dto.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { GatewayRoutes } from './gateway.dto.ts';
import { RouteList } from './routes/route-list.ts';

/** The routes themselves are beside Nest's: see `passing/raw-routes.ts`. */
@ApiTags('gateway')
@Controller({ path: 'gateway', version: VERSION_NEUTRAL })
export class GatewayController {
  constructor(private readonly list: RouteList) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Routes that the caller may use: public ones, and with a credential those it opens' })
  @ApiOkResponse({ type: GatewayRoutes })
  @ApiProblems('invalid_request', 'unauthorized')
  listRoutes(@Req() request: FastifyRequest, @Query() query: OffsetQuery): Promise<GatewayRoutes> {
    return this.list.read(request, query);
  }
}
