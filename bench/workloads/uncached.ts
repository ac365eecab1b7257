import type { Comparison } from '../comparison/comparison.ts';
import { largeBytes, mappedCharizard } from '../questions/questions.ts';
import { app } from '../subjects/app.ts';
import { peer } from '../subjects/peer.ts';
import { charizardUpstream } from '../upstreams/by-nginx.ts';

const upstream = charizardUpstream({ cacheControl: 'no-store' });
const stockNest = peer('stock-nest');
const bareFastify = peer('bare-fastify');

/** What one call to an external service costs. */
export const uncached: Comparison = {
  name: 'uncached',
  upstream,
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

export const uncachedLarge: Comparison = {
  name: 'uncached-large',
  fullOnly: true,
  upstream: charizardUpstream({ cacheControl: 'no-store', answerBytes: largeBytes }),
  question: mappedCharizard,
  contenders: [{ subject: app }, { subject: stockNest }, { subject: bareFastify }],
};

export const uncachedBy = (connections: number): Comparison => ({
  name: `connections-${connections}`,
  fullOnly: true,
  upstream,
  question: mappedCharizard,
  connections,
  contenders: [{ subject: app }, { subject: stockNest }, { subject: bareFastify }],
});
