import { Injectable, Module, type NestModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Admission, type Entrance } from '../../../src/inbound/authentication/admission.ts';
import { InboundModule } from '../../../src/inbound/inbound.module.ts';
import { sendProblem } from '../../../src/inbound/problems/send-problem.ts';
import { toProblemParts } from '../../../src/inbound/problems/to-problem.ts';
import { RateLimits } from '../../../src/inbound/rate-limit/rate-limits.ts';
import { contextOf } from '../../../src/inbound/request-context.hook.ts';
import type { Caller } from '../../../src/platform/context/caller.ts';

type Terms = Partial<Entrance>;

/** Where the routes are. */
export const ADMITTED = '/gateway/admitted';

/** Beside Nest's own routes, where no guard runs: each asks by itself. */
@Injectable()
export class Doors {
  constructor(
    readonly admission: Admission,
    private readonly limits: RateLimits,
  ) {}

  async open(): Promise<Readonly<Record<string, Terms>>> {
    const ownLimit = await this.limits.open('gateway.limited', '2/60');
    return {
      public: { access: 'public' },
      token: {},
      scoped: { scopes: ['ci:read', 'ci:write'] },
      unsafe: { isUnsafe: true },
      uncounted: { isCounted: false },
      limited: { ownLimit },
      'public-limited': { access: 'public', ownLimit },
    };
  }

  async enter(request: FastifyRequest, reply: FastifyReply, terms: Terms): Promise<object> {
    const admitted = this.admission.admit({ request, reply, access: 'token', scopes: [], isCounted: true, ...terms });
    await admitted;
    return { ...toAnswer(contextOf(request).caller), isAtOnce: admitted === undefined };
  }
}

const toAnswer = (caller: Caller | undefined): object => ({ subject: caller?.subject ?? null });

@Module({ imports: [InboundModule], providers: [Doors] })
export class AdmittedModule implements NestModule {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly doors: Doors,
  ) {}

  async configure(): Promise<void> {
    const doors = await this.doors.open();
    await this.host.httpAdapter.getInstance<FastifyInstance>().register((scope, _options, done) => {
      scope.setErrorHandler((thrown, request, reply) =>
        sendProblem(request, reply, { parts: toProblemParts(thrown), thrown }),
      );
      for (const [name, terms] of Object.entries(doors))
        scope.all(`${ADMITTED}/${name}`, (request, reply) => this.doors.enter(request, reply, terms));
      scope.get(`${ADMITTED}/found`, async (request) => toAnswer(await this.doors.admission.find(request)));
      done();
    });
  }
}
