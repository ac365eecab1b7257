import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TooManyRequests } from '../../inbound/problems/too-many-requests.ts';
import { toRateKey } from '../../inbound/rate-limit/rate-key.ts';
import { beginEvents } from '../../inbound/streaming/begin-events.ts';
import type { Leave } from '../../inbound/streaming/places.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { UpstreamError } from '../../outbound/index.ts';
import { Clock } from '../../platform/clock.ts';
import { outsideContext } from '../../platform/context/request-context.ts';
import { toOwnerKey } from '../../platform/context/owner-key.ts';
import { Log } from '../../platform/logging/log.ts';
import { EventHub, type Topic } from '../../realtime/event-hub.ts';
import { EventStream } from './event-stream.ts';
import { OpenStreams } from './open-streams.ts';
import { LIMITS, StreamPlaces } from './stream-places.ts';

/** Many people may be behind one address. */
const MAX_OF_ADDRESS = 32;

/** Nobody can say when a stream ends. */
const RETRY_AFTER_MS = 5_000;

/** Answers requests with what happens on a topic, for as long as they last. */
@Injectable()
export class EventStreams {
  constructor(
    private readonly hub: EventHub,
    private readonly places: StreamPlaces,
    private readonly open: OpenStreams,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Returns when the answer has begun. @param after the last event that the caller knows of
   * @throws TooManyRequests, UpstreamError `overloaded`
   */
  answer(topic: Topic, after: string | undefined, request: FastifyRequest, reply: FastifyReply): void {
    // It has left while it was found out who it is.
    if (reply.raw.destroyed) return void reply.hijack();
    if (request.method === 'HEAD') return this.answerHead(request, reply);
    const context = contextOf(request);
    const leave = this.takePlace(request);
    context.whenOver(leave);
    beginEvents(request, reply);
    const { caller } = context;
    const stream = new EventStream({
      hub: this.hub,
      clock: this.clock,
      response: reply.raw,
      topic: topic.name,
      after,
      owner: topic.isOwned && caller ? toOwnerKey(caller) : undefined,
      expiresAt: caller?.expiresAt ?? Infinity,
      onDropped: () => {
        context.failure = { code: 'reader_too_slow', reason: 'the reader left too much waiting' };
        this.open.noteDropped(topic.name);
        this.log.info(
          { requestId: context.requestId, topic: topic.name },
          'A listener was dropped: it reads too slowly',
        );
      },
    });
    context.whenOver(this.open.add(stream));
    outsideContext(() => stream.listen());
  }

  private answerHead(request: FastifyRequest, reply: FastifyReply): void {
    beginEvents(request, reply);
    reply.raw.end();
  }

  private takePlace(request: FastifyRequest): Leave {
    const { caller } = contextOf(request);
    const max = caller ? LIMITS.maxEach : MAX_OF_ADDRESS;
    const place = this.places.enter(toRateKey(request, caller), max);
    if (place !== undefined) return place;
    if (this.places.areAllTaken) throw overloaded();
    const whose = caller ? 'a caller' : 'an address';
    throw new TooManyRequests(
      RETRY_AFTER_MS,
      `There are ${max} streams for ${whose}, and all are open: close one first`,
    );
  }
}

const overloaded = (): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    provider: 'events',
    operation: 'listen',
    reason: 'too many streams are open already',
    retryAfterMs: RETRY_AFTER_MS,
    sent: false,
  });
