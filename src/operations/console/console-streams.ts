import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Operators } from '../../inbound/operators/operators.ts';
import { TooManyRequests } from '../../inbound/problems/too-many-requests.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { beginEvents } from '../../inbound/streaming/begin-events.ts';
import { Places } from '../../inbound/streaming/places.ts';
import { ConsoleStream } from './console-stream.ts';
import { SnapshotFeed } from './snapshot-feed.ts';

/** Screens that are looked at, in all. */
const MAX = 20;

/** Nobody can say when one ends. */
const RETRY_AFTER_MS = 5_000;

/** Answers requests with how all is, each second, for as long as they last. */
@Injectable()
export class ConsoleStreams {
  readonly #places = new Places({ max: MAX, maxEach: MAX });

  constructor(
    private readonly operators: Operators,
    private readonly feed: SnapshotFeed,
  ) {}

  /** Returns when the answer has begun. @throws TooManyRequests */
  answer(request: FastifyRequest, reply: FastifyReply): void {
    if (reply.raw.destroyed) return void reply.hijack();
    if (request.method === 'HEAD') return this.answerHead(request, reply);
    const context = contextOf(request);
    const leave = this.#places.enter('operators');
    if (leave === undefined) throw new TooManyRequests(RETRY_AFTER_MS, `The console is open ${MAX} times already`);
    context.whenOver(leave);
    beginEvents(request, reply);
    context.whenOver(this.feed.add(this.open(request, reply)));
  }

  /** Who shows the token with each request, or calls from this machine, brings nothing that ends. */
  private open(request: FastifyRequest, { raw }: FastifyReply): ConsoleStream {
    const isLogin = this.operators.proofOf(request) === 'console';
    const expiresAt = isLogin ? (this.operators.loginEndsAt(request) ?? 0) : Infinity;
    return new ConsoleStream({ response: raw, expiresAt });
  }

  private answerHead(request: FastifyRequest, reply: FastifyReply): void {
    beginEvents(request, reply);
    reply.raw.end();
  }
}
