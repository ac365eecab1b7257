import { Controller, Get, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../inbound/authentication/access.ts';
import { Admission } from '../../inbound/authentication/admission.ts';
import { ApiProblems } from '../../inbound/problems/api-problems.ts';
import { NotCounted } from '../../inbound/rate-limit/not-counted.ts';
import { EventHub } from '../../realtime/event-hub.ts';
import { EventStreams } from './event-streams.ts';
import { EventsQuery, TopicParams } from './events.dto.ts';
import { DocumentsStream } from './stream-document.ts';

/** Public for the guard: who may listen, the topic says, and it is asked here. So the request is counted here, too. */
@Public()
@NotCounted()
@ApiTags('events')
@Controller({ path: 'events', version: '1' })
export class EventsController {
  constructor(
    private readonly hub: EventHub,
    private readonly admission: Admission,
    private readonly streams: EventStreams,
  ) {}

  @Get(':topic')
  @RouteConfig({ streams: { provider: 'events' } })
  @DocumentsStream()
  @ApiProblems('invalid_request', 'unauthorized', 'forbidden', 'not_found', 'too_many_requests', 'overloaded')
  async listen(
    @Param() { topic: name }: TopicParams,
    @Query() { lastEventId }: EventsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const topic = this.hub.find(name);
    const access = topic?.access ?? 'public';
    const asked = access === 'public' ? { access, scopes: [] } : { access: 'token' as const, scopes: access };
    await this.admission.admit({ request, reply, ...asked, isCounted: true });
    if (topic === undefined) throw new NotFoundException('There is no such topic');
    // An empty one is what browsers mean by none (HTML §9.2.3).
    const after = [request.headers['last-event-id'], lastEventId].flat().find((id) => id);
    this.streams.answer(topic, after, request, reply);
  }
}
