import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { expectsContinue } from '../../inbound/continue.ts';
import { contextOf } from '../../inbound/request-context.hook.ts';
import { compileTrust, type IsTrusted } from '../../inbound/trusted-proxies.ts';
import { Clock } from '../../platform/clock.ts';
import { serverConfig, type ServerOptions } from '../../platform/server.config.ts';
import { toIncoming } from '../headers/to-incoming.ts';
import { discardRest } from '../passing/discard-rest.ts';
import { hasBody } from '../passing/take-body.ts';
import type { AggregateRoute } from './aggregate-route.ts';
import { askPart, type PartAnswer, type Question } from './ask-part.ts';
import { sendMerged } from './send-merged.ts';

/** What is asked for an answer that is not to be any more. */
const NOT_WANTED = new Error('Another part of the answer failed, and there is none without it');

/** What of a request its parts are asked for. */
export type Asked = Pick<Question, 'values' | 'query'>;

/** Asks the upstreams of an aggregate route at the same time, and merges what they say. */
@Injectable()
export class Aggregator {
  readonly #isTrusted: IsTrusted;

  constructor(
    private readonly clock: Clock,
    @Inject(serverConfig.KEY) { trustProxy }: ServerOptions,
  ) {
    this.#isTrusted = compileTrust(trustProxy);
  }

  /**
   * A body, which a GET has no use for, is thrown away.
   * @throws what is to be answered with a problem: what a required part failed with
   */
  async answer(
    route: AggregateRoute,
    { values, query }: Asked,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { raw } = request;
    if (hasBody(raw) && !expectsContinue(raw)) discardRest(raw, reply.raw, this.clock);
    route.enter();
    try {
      const { deadlineAt, signal } = contextOf(request);
      const headers = route.toPartHeaders(toIncoming(request, this.#isTrusted));
      const incoming = raw.headers;
      const answers = await this.ask(route, { values, query, headers, incoming, deadlineAt, signal });
      sendMerged(route, answers, reply);
    } finally {
      route.leave();
    }
  }

  /** Fails as soon as there can be no answer; then nobody waits for the others. */
  private async ask({ parts }: AggregateRoute, question: Question): Promise<PartAnswer[]> {
    const ending = new AbortController();
    const signal = AbortSignal.any([question.signal, ending.signal]);
    try {
      return await Promise.all(parts.map((part) => askPart(part, { ...question, signal }, this.clock)));
    } catch (error) {
      ending.abort(NOT_WANTED);
      throw error;
    }
  }
}
