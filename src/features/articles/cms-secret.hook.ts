import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Refusal } from '../../inbound/problems/refusal.ts';
import type { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { UpstreamError } from '../../outbound/index.ts';
import type { CmsChanges } from '../../providers/cms/cms-changes.ts';

/** Marks a handler that only the CMS may call, by its secret in `X-Webhook-Secret`. */
export const FromCmsOnly = (): MethodDecorator => RouteConfig({ fromCmsOnly: true });

/**
 * Asks for the secret on the routes marked so; who has not got it counts for the rate limit. A hook and not a guard: it is
 * refused before anything is read of the body, whatever that is. To be called before there are routes.
 */
export const addCmsSecret = (server: FastifyInstance, changes: CmsChanges, limit: RateLimit): void => {
  server.addHook('onRoute', (route) => {
    if ((route.config as { fromCmsOnly?: boolean } | undefined)?.fromCmsOnly !== true) return;
    route.preParsing = (request, reply, payload, done) => {
      const refusal = refuse(request, changes);
      // Who is let in is counted by the guard.
      if (refusal === undefined || !limit.isOn) return done(refusal ?? null, payload);
      limit.admit(request, reply).then(() => done(refusal), done);
    };
  });
};

const refuse = ({ headers }: FastifyRequest, changes: CmsChanges): Error | undefined => {
  if (!changes.isConfigured) return withoutSecret();
  const secret = headers['x-webhook-secret'];
  return changes.isFrom(typeof secret === 'string' ? secret : undefined) ? undefined : wrongSecret();
};

const withoutSecret = (): UpstreamError => {
  const reason = 'the provider has not got a URL, or no webhook secret';
  return new UpstreamError({ code: 'not_configured', provider: 'cms', operation: 'webhook', reason, sent: false });
};

const wrongSecret = (): Refusal =>
  new Refusal({
    status: 401,
    detail: 'This needs the secret of the CMS: X-Webhook-Secret',
    challenge: 'WebhookSecret header="X-Webhook-Secret"',
  });
