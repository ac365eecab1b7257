import { HttpService } from '@nestjs/axios';
import { All, Controller, Get, Inject, Logger, Module, Param, Req, type DynamicModule } from '@nestjs/common';
import axios from 'axios';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '../../../src/inbound/authentication/access.ts';
import { ApiClient, defineProvider, OutboundModule, Path, UpstreamError } from '../../../src/outbound/index.ts';
import { Log } from '../../../src/platform/logging/log.ts';
import { OURS } from './secrets.ts';

const headers = {
  authorization: `Bearer ${OURS.authorization}`,
  cookie: `session=${OURS.cookie}`,
  'x-api-key': OURS.apiKeyHeader,
};
const query = { access_token: OURS.query };
const body = { client_secret: OURS.body };

/** Everything the handlers below saw fail. */
export const caught: UpstreamError[] = [];

const remember = (error: unknown): never => {
  if (error instanceof UpstreamError) caught.push(error);
  throw error;
};

/** Calls an upstream with every kind of credential, as its provider's client and through the raw `HttpService`. */
export const carelessProvider = (name: string, baseUrl: string): DynamicModule => {
  const definition = defineProvider(name, {
    baseUrl,
    attemptTimeoutMs: 100,
    callDeadlineMs: 400,
    backoffBaseMs: 1,
    breakerMinAttempts: 10_000,
  });

  @Public()
  @Controller({ path: `careless/${name}`, version: '1' })
  class CarelessController {
    constructor(
      private readonly api: ApiClient,
      private readonly http: HttpService,
    ) {}

    @All('client/*')
    client(@Req() request: FastifyRequest): Promise<unknown> {
      const path = new Path(`/${request.url.split('?')[0]!.split('/client/')[1]!}`, '/{}');
      const options = { headers, query, answer: z.looseObject({}) };
      return (
        request.method === 'POST' ? this.api.post(path, { ...options, body }) : this.api.get(path, options)
      ).catch(remember);
    }

    @All('raw/*')
    async raw(@Req() request: FastifyRequest): Promise<unknown> {
      const url = `/${request.url.split('?')[0]!.split('/raw/')[1]!}`;
      const auth = { username: 'service', password: OURS.password };
      const { cookie, 'x-api-key': key } = headers;
      const config = { url, auth, params: query, headers: { cookie, 'x-api-key': key }, data: body };
      return (await this.http.axiosRef.request<unknown>({ ...config, method: request.method }).catch(remember)).data;
    }
  }

  @Module({ imports: [OutboundModule.forProvider(definition)], controllers: [CarelessController] })
  class CarelessModule {}

  return { module: CarelessModule };
};

const upstreamUrl = Symbol('where a feature with an axios of its own calls');

@Public()
@Controller({ path: 'own-axios', version: '1' })
class OwnAxiosController {
  constructor(
    @Inject(upstreamUrl) private readonly url: string,
    private readonly log: Log,
  ) {}

  /** Fails with the error of an axios that never heard of the pipeline. */
  private call(): Promise<unknown> {
    const auth = { username: 'service', password: OURS.password };
    return axios.post(`${this.url}/status/500`, body, {
      params: query,
      headers: { ...headers, authorization: undefined },
      auth,
    });
  }

  @Get('throws')
  throws(): Promise<unknown> {
    return this.call();
  }

  @Get('wraps')
  wraps(): Promise<unknown> {
    return this.call().catch((cause: unknown) => {
      throw new Error('It did not work', { cause });
    });
  }

  @Get('logs/:how')
  async logs(@Param('how') how: string): Promise<void> {
    const error = await this.call().then(
      () => new Error('No failure'),
      (thrown: unknown) => thrown as Error,
    );
    const ways: Record<string, () => void> = {
      error: () => this.log.error({ error }, 'It failed'),
      err: () => this.log.error({ err: error }, 'It failed'),
      bare: () => this.log.error(error, 'It failed'),
      fields: () =>
        this.log.error({ headers, body, query, ...error, call: error, failure: { headers } } as object, 'It failed'),
      nest: () => new Logger('Feature').error(error),
      'nest-message': () => new Logger('Feature').error(`Refused: Bearer ${OURS.message}`),
    };
    ways[how]!();
  }

  @Get('quotes/:what')
  quotes(@Param('what') what: string): never {
    const messages: Record<string, string> = {
      bearer: `The upstream refused "Authorization: Bearer ${OURS.message}"`,
      query: `GET https://api.example/v1?access_token=${OURS.message}&page=2 failed`,
      'user-info': `connect to https://service:${OURS.message}@api.example failed`,
      json: `Unexpected answer to {"password":"${OURS.message}"}`,
    };
    throw new Error(messages[what]);
  }

  @Get('thrown-object')
  thrownObject(): never {
    const thrown: unknown = { config: { headers } };
    throw thrown;
  }
}

/** A feature that goes its own way and is careless about what it throws and logs. */
export const ownAxiosModule = (url: string): DynamicModule => {
  @Module({ controllers: [OwnAxiosController], providers: [{ provide: upstreamUrl, useValue: url }] })
  class OwnAxiosModule {}
  return { module: OwnAxiosModule };
};
