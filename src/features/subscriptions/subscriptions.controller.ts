import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentCaller } from '../../inbound/authentication/current-caller.ts';
import { Scopes } from '../../inbound/authentication/scopes.ts';
import { PageQuery } from '../../inbound/pagination/page-query.dto.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import type { Caller } from '../../platform/context/caller.ts';
import { WRITE_SCOPE } from './scopes.ts';
import {
  NewSubscriptionDto,
  SubscriptionDto,
  SubscriptionPage,
  SubscriptionParams,
  SubscriptionRequest,
  TestDelivery,
} from './subscriptions.dto.ts';
import { SubscriptionsRepository } from './subscriptions.repository.ts';
import { TestDeliveries } from './test-deliveries.ts';

const LOCATION = { Location: { schema: { type: 'string' } } } as const;

@ApiTags('subscriptions')
@Scopes(WRITE_SCOPE)
@ApiProblems('invalid_request', 'unavailable')
@Controller({ path: 'subscriptions', version: '1' })
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly tests: TestDeliveries,
  ) {}

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Have events posted to a URL of yours, as Standard Webhooks',
    description:
      'Each delivery bears `webhook-id`, `webhook-timestamp` and `webhook-signature`. Any 2xx within 15 s is taken for ' +
      'success, 410 for the end of the subscription; anything else, redirects included, is tried again over three days.',
  })
  @ApiCreatedResponse({ type: NewSubscriptionDto, headers: LOCATION })
  @ApiProblems('conflict', 'payload_too_large', 'unsupported_media_type')
  async create(
    @Body() request: SubscriptionRequest,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewSubscriptionDto> {
    const created = await this.subscriptions.create(request, caller);
    reply.header('location', `/api/v1/subscriptions/${created.id}`);
    return created;
  }

  @Get()
  @ApiOperation({ summary: 'Your subscriptions, the newest first, page by page' })
  @ApiOkResponse({ type: SubscriptionPage })
  list(@Query() query: PageQuery, @CurrentCaller() caller: Caller): Promise<SubscriptionPage> {
    return this.subscriptions.findPage(query, caller);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of your subscriptions, and how its deliveries go' })
  @ApiOkResponse({ type: SubscriptionDto })
  @ApiProblems('not_found')
  getOne(@Param() { id }: SubscriptionParams, @CurrentCaller() caller: Caller): Promise<SubscriptionDto> {
    return this.subscriptions.findOne(id, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a subscription: what was to be delivered is not' })
  @ApiNoContentResponse()
  @ApiProblems('not_found')
  remove(@Param() { id }: SubscriptionParams, @CurrentCaller() caller: Caller): Promise<void> {
    return this.subscriptions.remove(id, caller);
  }

  @Post(':id/test')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have a `webhook.test` delivered now, once; `Location` is the background call that does it',
  })
  @ApiAcceptedResponse({ type: TestDelivery, headers: LOCATION })
  @ApiProblems('not_found', 'conflict', 'too_many_requests')
  async test(
    @Param() { id }: SubscriptionParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TestDelivery> {
    const callId = await this.tests.ask(id, caller);
    reply.headers({ location: `/api/v1/calls/${callId}`, 'retry-after': 1 });
    return { callId };
  }
}
