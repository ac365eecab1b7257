import { Controller, Delete, Get, HttpCode, Param, Post, Query, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OperatorsOnly } from '../inbound/operators/operators.guard.ts';
import { ApiProblems } from '../inbound/problems/api-problems.ts';
import { isFinished } from '../jobs/call-record.ts';
import { AnyCall, AnyCallPage, AnyCallParams, AnyCallsQuery } from './calls.dto.ts';
import { AnyCallsRepository } from './calls.repository.ts';

/** For when background calls went wrong, whoever asked for them. */
@ApiTags('operations')
@OperatorsOnly()
@ApiProblems('invalid_request', 'unavailable')
@Controller({ path: 'ops/calls', version: VERSION_NEUTRAL })
export class OperatorsCallsController {
  constructor(private readonly calls: AnyCallsRepository) {}

  @Get()
  @ApiOperation({
    summary: 'Dead letters, or calls in some other state, the newest first, page by page, for operators',
  })
  @ApiOkResponse({ type: AnyCallPage })
  list(@Query() query: AnyCallsQuery): Promise<AnyCallPage> {
    return this.calls.findPage(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'All that is known of a background call, for operators' })
  @ApiOkResponse({ type: AnyCall })
  @ApiProblems('not_found')
  getOne(@Param() { id }: AnyCallParams): Promise<AnyCall> {
    return this.calls.findOne(id);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have a dead letter made again, its attempts counted anew, for operators',
    description: 'One that is `outcome_unknown` may have been done: look at the external service first.',
  })
  @ApiAcceptedResponse({ type: AnyCall })
  @ApiProblems('not_found', 'conflict')
  retry(@Param() { id }: AnyCallParams): Promise<AnyCall> {
    return this.calls.retry(id);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Cancel a background call, for operators' })
  @ApiOkResponse({ type: AnyCall, description: 'It is cancelled.' })
  @ApiAcceptedResponse({ type: AnyCall, description: 'It runs, and will end.' })
  @ApiProblems('not_found', 'conflict')
  async cancel(@Param() { id }: AnyCallParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<AnyCall> {
    const call = await this.calls.cancel(id);
    reply.code(isFinished(call) ? 200 : 202);
    return call;
  }
}
