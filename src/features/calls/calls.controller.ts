import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller } from '../../inbound/authentication/current-caller.ts';
import { tellAccepted } from '../../inbound/deferral/tell-accepted.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { isFinished } from '../../jobs/call-record.ts';
import { Clock } from '../../platform/clock.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { CallRequest } from './call-request.dto.ts';
import { ACCEPTED_CALL, RETRY_AFTER } from './calls-headers.ts';
import { CallParams, CallsQuery } from './calls-query.dto.ts';
import { Call, CallPage } from './calls.dto.ts';
import { CallsRepository } from './calls.repository.ts';
import { tellUnfinished } from './tell-unfinished.ts';

@ApiTags('calls')
@ApiProblems('invalid_request', 'unavailable')
@Controller({ path: 'calls', version: '1' })
export class CallsController {
  constructor(
    private readonly calls: CallsRepository,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have something done in the background',
    description: 'Each operation asks for the scopes of the route that does the same.',
  })
  @ApiAcceptedResponse(ACCEPTED_CALL)
  @ApiProblems('payload_too_large', 'unsupported_media_type', 'too_many_requests')
  async ask(
    @Body() request: CallRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Call> {
    const call = await this.calls.ask(request, caller);
    tellAccepted(reply, call.id);
    return call;
  }

  @Get()
  @ApiOperation({ summary: 'Your calls of the last 24 hours, the newest first, page by page' })
  @ApiOkResponse({ type: CallPage })
  list(@Query() query: CallsQuery, @CurrentCaller() caller: Caller): Promise<CallPage> {
    return this.calls.findPage(query, caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of your calls: how far it is, and what came of it' })
  @ApiOkResponse({ type: Call, headers: RETRY_AFTER })
  @ApiProblems('not_found')
  async getOne(
    @Param() { id }: CallParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Call> {
    return tellUnfinished(await this.calls.findOne(id, caller), reply, this.clock.wallTime());
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Cancel one of your calls',
    description: 'One that runs is told to end; whether it was in time, its state says once it is over.',
  })
  @ApiOkResponse({ type: Call, description: 'It is cancelled.' })
  @ApiAcceptedResponse({ type: Call, description: 'It runs, and will end.', headers: RETRY_AFTER })
  @ApiProblems('not_found', 'conflict')
  async cancel(
    @Param() { id }: CallParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Call> {
    const call = await this.calls.cancel(id, caller);
    reply.code(isFinished(call) ? 200 : 202);
    return tellUnfinished(call, reply, this.clock.wallTime());
  }
}
