import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiProduces } from '@nestjs/swagger';
import { NdjsonInterceptor } from './ndjson.interceptor.ts';
import type { StreamedRoute } from './streamed-route.ts';

/**
 * Makes an answer of any length of what a GET handler returns, an `AsyncIterable` of pages: NDJSON, an item a line.
 * - The first page is read before the status is sent: what fails there is an ordinary problem.
 * - A page is asked for when the reader has taken those before it. Who takes nothing for a minute is dropped.
 * - What fails later ends the answer visibly: a last line `{"problem": …}`, and a connection that breaks off.
 * - It may outlast `REQUEST_TIMEOUT_MS`; each call to an upstream has its own limits, and `X-Request-Timeout-Ms` still counts.
 * - At most eight of one caller are under way at once, and 32 in all, as each holds a page; more are `overloaded`.
 */
export const Streams = (route: StreamedRoute): MethodDecorator =>
  applyDecorators(
    RouteConfig({ streams: route }),
    UseInterceptors(NdjsonInterceptor),
    ApiProduces('application/x-ndjson'),
  );
