import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller } from '../../inbound/authentication/current-caller.ts';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { MayRespondAsync } from '../../inbound/deferral/may-respond-async.ts';
import { IdempotencyKey } from '../../inbound/idempotency/idempotency-key.ts';
import { Repeatable } from '../../inbound/idempotency/repeatable.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { Accepted, IdParams } from './ids.dto.ts';
import { NO_KEY_UPSTREAM, STARTED_ONCE } from './key-notes.ts';
import { StartedWorkflow, Workflow, WorkflowPage, WorkflowRequest, WorkflowsQuery } from './workflows.dto.ts';
import { WorkflowsRepository } from './workflows.repository.ts';

@ApiTags('ci')
@ApiProblems('upstream', 'invalid_request', 'not_found', 'unavailable')
@Controller({ path: 'ci/workflows', version: '1' })
export class WorkflowsController {
  constructor(private readonly workflows: WorkflowsRepository) {}

  @Get()
  @Scopes('ci:read')
  @ApiOperation({ summary: 'Workflows of a project, the newest first, page by page' })
  @ApiOkResponse({ type: WorkflowPage })
  list(@Query() query: WorkflowsQuery): Promise<WorkflowPage> {
    return this.workflows.findPage(query);
  }

  @Get(':id')
  @Scopes('ci:read')
  @ApiOperation({ summary: 'One workflow' })
  @ApiOkResponse({ type: Workflow })
  getOne(@Param() { id }: IdParams): Promise<Workflow> {
    return this.workflows.findOne(id);
  }

  @Post()
  @HttpCode(202)
  @Scopes('ci:write')
  @ApiOperation({ summary: 'Start a workflow', description: NO_KEY_UPSTREAM })
  @MayRespondAsync('ci.runWorkflow', StartedWorkflow)
  @ApiProblems('payload_too_large', 'unsupported_media_type')
  run(@Body() request: WorkflowRequest): Promise<StartedWorkflow> {
    return this.workflows.run(request);
  }

  @Post(':id/rerun')
  @HttpCode(202)
  @Scopes('ci:write')
  @Repeatable()
  @ApiOperation({ summary: 'Start a workflow again', description: STARTED_ONCE })
  @MayRespondAsync('ci.rerunWorkflow', StartedWorkflow)
  rerun(
    @Param() { id }: IdParams,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: string | undefined,
  ): Promise<StartedWorkflow> {
    return this.workflows.rerun(id, caller, key);
  }

  @Post(':id/stop')
  @HttpCode(202)
  @Scopes('ci:write')
  @Repeatable()
  @ApiOperation({ summary: 'Stop a workflow' })
  @MayRespondAsync('ci.stopWorkflow', Accepted)
  stop(@Param() { id }: IdParams): Promise<Accepted> {
    return this.workflows.stop(id);
  }
}
