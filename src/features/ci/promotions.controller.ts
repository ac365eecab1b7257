import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { IdParams } from './ids.dto.ts';
import { NO_KEY_UPSTREAM } from './key-notes.ts';
import { PromotionPage, PromotionRequest, StartedPromotion } from './promotions.dto.ts';
import { PromotionsRepository } from './promotions.repository.ts';

@ApiTags('ci')
@ApiProblems('upstream', 'invalid_request', 'not_found')
@Controller({ path: 'ci/pipelines/:id/promotions', version: '1' })
export class PromotionsController {
  constructor(private readonly promotions: PromotionsRepository) {}

  @Get()
  @Scopes('ci:read')
  @ApiOperation({ summary: 'Promotions of a pipeline, page by page' })
  @ApiOkResponse({ type: PromotionPage })
  list(@Param() { id }: IdParams, @Query() query: PageQuery): Promise<PromotionPage> {
    return this.promotions.findPage(id, query);
  }

  @Post()
  @HttpCode(202)
  @Scopes('ci:write')
  @ApiOperation({ summary: 'Promote a pipeline', description: NO_KEY_UPSTREAM })
  @ApiAcceptedResponse({ type: StartedPromotion })
  @ApiProblems('payload_too_large', 'unsupported_media_type')
  promote(@Param() { id }: IdParams, @Body() request: PromotionRequest): Promise<StartedPromotion> {
    return this.promotions.promote(id, request);
  }
}
