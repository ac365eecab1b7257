import { appAsCachingGateway, appAsGateway } from './gateway-app.ts';
import { haproxy } from './haproxy.ts';
import { nginx, nginxCache } from './nginx.ts';
import { observed } from './observed.ts';
import { largeBytes, mappedCharizard, passedCharizard, passedLarge, passedStream } from './questions.ts';
import { charizardUpstream } from './nginx-upstream.ts';
import { app, peer, streamUpstream } from './subjects.ts';
import type { Comparison, Contender } from './comparison.ts';

const uncachedUpstream = charizardUpstream({ cacheControl: 'no-store' });
const cacheControl = 'public, max-age=86400';

const stockNest = peer('stock-nest');
const bareFastify = peer('bare-fastify');

const uncached: Comparison = {
  name: 'uncached',
  upstream: uncachedUpstream,
  question: mappedCharizard,
  contenders: [
    { subject: app },
    { subject: stockNest, wanted: 4.5 },
    { subject: bareFastify, wanted: 0.8 },
    { subject: peer('nest-fastify'), fullOnly: true },
    { subject: peer('express-axios'), fullOnly: true },
    { subject: peer('cockatiel-undici'), fullOnly: true },
  ],
};

const uncachedLarge: Comparison = {
  name: 'uncached-large',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl: 'no-store', answerBytes: largeBytes }),
  question: mappedCharizard,
  contenders: [{ subject: app }, { subject: stockNest }, { subject: bareFastify }],
};

const freshHit: Comparison = {
  name: 'fresh-hit',
  upstream: charizardUpstream({ cacheControl, answerBytes: largeBytes }),
  question: mappedCharizard,
  contenders: [
    { subject: app, callsInAll: 1 },
    { subject: peer('nest-cache-manager'), wanted: 4, callsInAll: 1 },
    { subject: peer('constant-fastify'), wanted: 0.75, callsInAll: 0 },
    { subject: peer('axios-cache-interceptor'), callsInAll: 1, fullOnly: true },
    { subject: peer('undici-cache'), callsInAll: 1, fullOnly: true },
  ],
};

const httpProxy = peer('fastify-http-proxy', passedCharizard.path);
const proxyMiddleware = peer('http-proxy-middleware', passedCharizard.path);

const proxies: readonly Contender[] = [
  { subject: appAsGateway },
  { subject: httpProxy },
  { subject: proxyMiddleware },
  { subject: nginx },
  { subject: haproxy },
];

const passThrough: Comparison = {
  name: 'pass-through',
  upstream: uncachedUpstream,
  question: passedCharizard,
  contenders: [
    { subject: appAsGateway },
    { subject: httpProxy, wanted: 1.1 },
    { subject: nginx, wanted: 0.5 },
    { subject: proxyMiddleware, fullOnly: true },
    { subject: haproxy, fullOnly: true },
  ],
};

const passThroughLarge: Comparison = {
  name: 'pass-through-large',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl: 'no-store', answerBytes: largeBytes }),
  question: passedLarge,
  contenders: proxies,
};

const passThroughStream: Comparison = {
  name: 'pass-through-stream',
  fullOnly: true,
  upstream: streamUpstream,
  question: passedStream,
  contenders: proxies,
};

const passThroughHit: Comparison = {
  name: 'pass-through-hit',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl }),
  question: passedCharizard,
  contenders: [
    { subject: appAsCachingGateway, callsInAll: 1 },
    { subject: nginxCache, callsInAll: 1 },
  ],
};

const uncachedBy = (connections: number): Comparison => ({
  name: `connections-${connections}`,
  fullOnly: true,
  upstream: uncachedUpstream,
  question: mappedCharizard,
  connections,
  contenders: [{ subject: app }, { subject: stockNest }, { subject: bareFastify }],
});

const passedBy = (connections: number): Comparison => ({
  name: `pass-through-${connections}`,
  fullOnly: true,
  upstream: uncachedUpstream,
  question: passedCharizard,
  connections,
  contenders: proxies,
});

export const comparisons: readonly Comparison[] = [
  uncached,
  freshHit,
  passThrough,
  uncachedLarge,
  passThroughLarge,
  passThroughStream,
  passThroughHit,
  ...[1, 64, 1_024].map(uncachedBy),
  passedBy(1_024),
  ...observed,
];
