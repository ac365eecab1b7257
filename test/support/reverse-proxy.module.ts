import type { ServerResponse } from 'node:http';
import { All, Controller, Module, Req, Res, VERSION_NEUTRAL, type DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../src/inbound/authentication/access.ts';
import { defineProvider, OutboundModule, ProviderRegistry } from '../../src/outbound/index.ts';
import type { HeaderMap } from '../../src/outbound/http/header-map.ts';
import { newReceipt } from '../../src/outbound/telemetry/new-receipt.ts';
import { currentContext } from '../../src/platform/context/request-context.ts';
import { Clock } from '../../src/platform/clock.ts';
import type { ProbeDefaults } from './probe.module.ts';

/** Concern the connection to our caller, or are our own doing. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'host', 'transfer-encoding', 'te', 'upgrade']);

const without = (headers: HeaderMap): HeaderMap =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));

/**
 * A provider, and `/proxy/<name>/…`, which passes every request on to it as it is and the answer back, through the
 * provider's whole pipeline: what a gateway does, without the rest of one.
 */
export const reverseProxy = (name: string, defaults: ProbeDefaults): DynamicModule => {
  const prefix = `/proxy/${name}`;

  @Public()
  @Controller({ path: `proxy/${name}`, version: VERSION_NEUTRAL })
  class ReverseProxyController {
    constructor(
      private readonly providers: ProviderRegistry,
      private readonly clock: Clock,
    ) {}

    @All('*')
    async pass(@Req() request: FastifyRequest, @Res() answer: FastifyReply): Promise<void> {
      const provider = this.providers.get(name);
      const { method } = request;
      const operation = provider.operation(method, '/{}');
      const reply = await provider.send({
        provider: name,
        operation,
        method,
        origin: provider.origin!,
        path: request.url.slice(request.url.indexOf(prefix) + prefix.length),
        headers: { 'accept-encoding': 'identity', ...without(request.headers), 'content-length': undefined },
        body: toBody(request.body),
        deadlineAt: currentContext()?.deadlineAt ?? Infinity,
        signal: currentContext()!.signal,
        noteHead: (status) => writeInterim(answer.raw, status),
        receipt: newReceipt({ provider: name, operation, method }, this.clock.now()),
      });
      void answer.hijack();
      answer.raw.writeHead(reply.status, Object.entries(without(reply.headers)).flatMap(toLines)).end(reply.body);
    }
  }

  @Module({
    imports: [OutboundModule, OutboundModule.forProvider(defineProvider(name, defaults))],
    controllers: [ReverseProxyController],
  })
  class ReverseProxyModule {
    constructor(private readonly host: HttpAdapterHost) {}

    /** One that changes something and that no framework knows. Nest runs this when there is a server, without routes yet. */
    configure(): void {
      this.host.httpAdapter.getInstance<FastifyInstance>().addHttpMethod('M-SEARCH', { hasBody: true });
    }
  }

  return { module: ReverseProxyModule };
};

const toBody = (body: unknown): string | null =>
  body === undefined || body === null ? null : typeof body === 'string' ? body : JSON.stringify(body);

const writeInterim = (answer: ServerResponse, status: number): void => {
  if (status === 102) answer.writeProcessing();
  if (status === 103) answer.writeEarlyHints({ link: '</style.css>; rel=preload' });
};

const toLines = ([name, value]: [string, string | string[] | undefined]): string[] =>
  value === undefined ? [] : [value].flat().flatMap((line) => [name, line]);
