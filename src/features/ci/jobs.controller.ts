import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { Repeatable } from '../../inbound/idempotency/repeatable.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { answerLog } from './answer-log.ts';
import { Accepted, IdParams } from './ids.dto.ts';
import { Job, JobLog, JobPage, JobsQuery } from './jobs.dto.ts';
import { JobsRepository } from './jobs.repository.ts';
import { LargeLogs } from './large-logs.ts';
import { LOG_CONTENT } from './log-content.ts';

@ApiTags('ci')
@ApiProblems('upstream', 'invalid_request')
@Controller({ path: 'ci/jobs', version: '1' })
export class JobsController {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly largeLogs: LargeLogs,
  ) {}

  @Get()
  @Scopes('ci:read')
  @ApiOperation({ summary: 'Jobs, page by page' })
  @ApiOkResponse({ type: JobPage })
  list(@Query() query: JobsQuery): Promise<JobPage> {
    return this.jobs.findPage(query);
  }

  @Get(':id')
  @Scopes('ci:read')
  @ApiOperation({ summary: 'One job' })
  @ApiOkResponse({ type: Job })
  @ApiProblems('not_found')
  getOne(@Param() { id }: IdParams): Promise<Job> {
    return this.jobs.findOne(id);
  }

  @Get(':id/logs')
  @Scopes('ci:read')
  @ApiOperation({ summary: 'What a job wrote, as JSON or, with `Accept: text/plain`, as text' })
  @ApiExtraModels(JobLog)
  @ApiOkResponse(LOG_CONTENT)
  @ApiFoundResponse({
    description: 'The log is kept elsewhere: `Location` lets you in without a credential.',
    headers: { Location: { schema: { type: 'string', format: 'uri' } } },
  })
  @ApiProblems('not_found')
  async getLog(
    @Param() { id }: IdParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobLog | string | undefined> {
    return answerLog(this.largeLogs.hold(await this.jobs.findLog(id), request, reply), request, reply);
  }

  @Post(':id/stop')
  @HttpCode(202)
  @Scopes('ci:write')
  @Repeatable()
  @ApiOperation({ summary: 'Stop a job' })
  @ApiAcceptedResponse({ type: Accepted })
  @ApiProblems('not_found')
  stop(@Param() { id }: IdParams): Promise<Accepted> {
    return this.jobs.stop(id);
  }
}
