import type { Comparison } from '../comparison/comparison.ts';
import { largeBytes, mappedCharizard } from '../questions/questions.ts';
import { app } from '../subjects/app.ts';
import { peer } from '../subjects/peer.ts';
import { charizardUpstream } from '../upstreams/by-nginx.ts';

/** What an answer from the cache costs. */
export const freshHit: Comparison = {
  name: 'fresh-hit',
  upstream: charizardUpstream({ cacheControl: 'public, max-age=86400', answerBytes: largeBytes }),
  question: mappedCharizard,
  contenders: [
    { subject: app, callsInAll: 1 },
    { subject: peer('nest-cache-manager'), wanted: 4, callsInAll: 1 },
    { subject: peer('constant-fastify'), wanted: 0.75, callsInAll: 0 },
    { subject: peer('axios-cache-interceptor'), callsInAll: 1, fullOnly: true },
    { subject: peer('undici-cache'), callsInAll: 1, fullOnly: true },
  ],
};
