import { RequestMethod } from '@nestjs/common';
import { INTERCEPTORS_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import type { Route } from '../authentication/routes.ts';
import { idempotencyInterceptor } from './idempotency.interceptor.ts';

const WRITES: ReadonlySet<unknown> = new Set([
  ...[RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE],
]);

/**
 * Puts the interceptor around every handler that writes for a user, outside of those it bears already. To be called before
 * there are routes. Not a global one: around reads, even one that does nothing costs as much as the whole of routing (20 µs).
 */
export const coverWrites = (routes: readonly Route[]): void => {
  for (const { handler, access } of routes) {
    if (access !== 'token' || !WRITES.has(Reflect.getMetadata(METHOD_METADATA, handler))) continue;
    const own = (Reflect.getMetadata(INTERCEPTORS_METADATA, handler) ?? []) as unknown[];
    // Handlers are of the process: an earlier application may have been here.
    if (own.includes(idempotencyInterceptor)) continue;
    Reflect.defineMetadata(INTERCEPTORS_METADATA, [idempotencyInterceptor, ...own], handler);
  }
};
