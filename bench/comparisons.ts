import { nginx } from './nginx.ts';
import { appAsGateway } from './gateway-app.ts';
import { observed } from './observed.ts';
import { mappedCharizard, passedCharizard } from './questions.ts';
import { app, peer, upstreamFor } from './subjects.ts';
import type { Comparison } from './comparison.ts';

const uncached: Comparison = {
  name: 'uncached',
  upstream: upstreamFor({ cacheControl: 'no-store' }),
  question: mappedCharizard,
  contenders: [
    { subject: app },
    { subject: peer('stock-nest'), wanted: 3.5 },
    { subject: peer('nest-fastify') },
    { subject: peer('bare-fastify'), wanted: 0.7 },
  ],
};

const freshHit: Comparison = {
  name: 'fresh-hit',
  upstream: upstreamFor({ cacheControl: 'public, max-age=86400', answerBytes: 370_000 }),
  question: mappedCharizard,
  contenders: [
    { subject: app, callsInAll: 1 },
    { subject: peer('nest-cache-manager'), wanted: 2.5, callsInAll: 1 },
    { subject: peer('constant-fastify'), wanted: 0.6, callsInAll: 0 },
  ],
};

const passThrough: Comparison = {
  name: 'pass-through',
  upstream: upstreamFor({ cacheControl: 'no-store' }),
  question: passedCharizard,
  contenders: [
    { subject: appAsGateway },
    { subject: peer('fastify-http-proxy', passedCharizard.path), wanted: 1 },
    { subject: nginx, wanted: 0.4 },
  ],
};

export const comparisons: readonly Comparison[] = [uncached, freshHit, passThrough, ...observed];
