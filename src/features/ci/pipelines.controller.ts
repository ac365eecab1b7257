import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../inbound/authentication/current-caller.ts';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { MayRespondAsync } from '../../inbound/deferral/may-respond-async.ts';
import { IdempotencyKey } from '../../inbound/idempotency/idempotency-key.ts';
import { Repeatable } from '../../inbound/idempotency/repeatable.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { Accepted, IdParams } from './ids.dto.ts';
import { STARTED_ONCE } from './key-notes.ts';
import { PipelineDetail } from './pipeline-detail.dto.ts';
import { PipelinePage, PipelinesQuery } from './pipelines.dto.ts';
import { PipelinesRepository } from './pipelines.repository.ts';

@ApiTags('ci')
@ApiProblems('upstream', 'invalid_request', 'not_found', 'unavailable')
@Controller({ path: 'ci/pipelines', version: '1' })
export class PipelinesController {
  constructor(private readonly pipelines: PipelinesRepository) {}

  @Get()
  @Scopes('ci:read')
  @ApiOperation({ summary: 'Pipelines of a project or of a workflow, page by page' })
  @ApiOkResponse({ type: PipelinePage })
  list(@Query() query: PipelinesQuery): Promise<PipelinePage> {
    return this.pipelines.findPage(query);
  }

  @Get(':id')
  @Scopes('ci:read')
  @ApiOperation({ summary: 'One pipeline with its blocks and jobs' })
  @ApiOkResponse({ type: PipelineDetail })
  getOne(@Param() { id }: IdParams): Promise<PipelineDetail> {
    return this.pipelines.findOne(id);
  }

  @Post(':id/stop')
  @HttpCode(202)
  @Scopes('ci:write')
  @Repeatable()
  @ApiOperation({ summary: 'Stop a pipeline' })
  @ApiAcceptedResponse({ type: Accepted })
  stop(@Param() { id }: IdParams): Promise<Accepted> {
    return this.pipelines.stop(id);
  }

  @Post(':id/rebuild')
  @HttpCode(202)
  @Scopes('ci:write')
  @Repeatable()
  @ApiOperation({ summary: 'Run again what did not pass, as a new pipeline', description: STARTED_ONCE })
  @MayRespondAsync('ci.rebuildPipeline', Accepted)
  rebuild(
    @Param() { id }: IdParams,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: string | undefined,
  ): Promise<Accepted> {
    return this.pipelines.rebuild(id, caller, key);
  }
}
