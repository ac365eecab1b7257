import type { Comparison, Contender } from '../comparison/comparison.ts';
import { haproxy } from '../peers/haproxy.ts';
import { nginx, nginxCache } from '../peers/nginx.ts';
import { largeBytes, passedCharizard, passedLarge, passedStream } from '../questions/questions.ts';
import { appAsCachingGateway, appAsGateway } from '../subjects/gateway-app.ts';
import { peer } from '../subjects/peer.ts';
import { charizardUpstream } from '../upstreams/by-nginx.ts';
import { streamUpstream } from '../upstreams/by-node.ts';

const upstream = charizardUpstream({ cacheControl: 'no-store' });
const httpProxy = peer('fastify-http-proxy', passedCharizard.path);
const proxyMiddleware = peer('http-proxy-middleware', passedCharizard.path);

const proxies: readonly Contender[] = [
  { subject: appAsGateway },
  { subject: httpProxy },
  { subject: proxyMiddleware },
  { subject: nginx },
  { subject: haproxy },
];

/** What a route of the gateway costs. */
export const passThrough: Comparison = {
  name: 'pass-through',
  upstream,
  question: passedCharizard,
  contenders: [
    { subject: appAsGateway },
    { subject: httpProxy, wanted: 1.1 },
    { subject: nginx, wanted: 0.5 },
    { subject: proxyMiddleware, fullOnly: true },
    { subject: haproxy, fullOnly: true },
  ],
};

export const passThroughLarge: Comparison = {
  name: 'pass-through-large',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl: 'no-store', answerBytes: largeBytes }),
  question: passedLarge,
  contenders: proxies,
};

export const passThroughStream: Comparison = {
  name: 'pass-through-stream',
  fullOnly: true,
  upstream: streamUpstream,
  question: passedStream,
  contenders: proxies,
};

export const passThroughHit: Comparison = {
  name: 'pass-through-hit',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl: 'public, max-age=86400' }),
  question: passedCharizard,
  contenders: [
    { subject: appAsCachingGateway, callsInAll: 1 },
    { subject: nginxCache, callsInAll: 1 },
  ],
};

export const passedBy = (connections: number): Comparison => ({
  name: `pass-through-${connections}`,
  fullOnly: true,
  upstream,
  question: passedCharizard,
  connections,
  contenders: proxies,
});
