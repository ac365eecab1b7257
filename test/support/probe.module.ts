import { All, Controller, HttpCode, Module, Req, type DynamicModule } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Public } from '../../src/inbound/authentication/access.ts';
import { ApiClient, defineProvider, OutboundModule, Path } from '../../src/outbound/index.ts';
import type { CallOptions } from '../../src/outbound/http/api-client.ts';

export type ProbeDefaults = Parameters<typeof defineProvider>[1];

/** Every sound answer of the fault server is a JSON object. */
const anObject = z.looseObject({});

/** What of the caller's request goes on to the upstream. */
const toOptions = ({ query, headers }: FastifyRequest): CallOptions & { answer: typeof anObject } => ({
  answer: anObject,
  query: query as Record<string, string>,
  ...(headers['x-operation'] && { operation: String(headers['x-operation']) }),
  ...(headers['idempotency-key'] && { headers: { 'idempotency-key': String(headers['idempotency-key']) } }),
});

/**
 * A provider and, in front of it, `/api/v1/probe/<name>/…`, which calls the same path of the upstream with the same
 * method, query and body. `X-Operation` picks a declared operation; an `Idempotency-Key` is passed on.
 */
export const probe = (name: string, defaults: ProbeDefaults): DynamicModule => {
  const prefix = `/api/v1/probe/${name}`;

  @Public()
  @Controller({ path: `probe/${name}`, version: '1' })
  class ProbeController {
    constructor(private readonly api: ApiClient) {}

    @All('*')
    @HttpCode(200)
    call(@Req() request: FastifyRequest): Promise<unknown> {
      const path = new Path(request.url.slice(prefix.length).split('?')[0]!, '/{}');
      const options = toOptions(request);
      if (request.method !== 'POST') return this.api.get(path, options);
      return this.api.post(path, { ...options, body: request.body });
    }
  }

  @Module({ imports: [OutboundModule.forProvider(defineProvider(name, defaults))], controllers: [ProbeController] })
  class ProbeModule {}

  return { module: ProbeModule };
};
