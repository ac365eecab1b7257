import { bearer, type Step } from './step.ts';

const GUARDED = '/gateway/guarded/headers?x-greeting=hello';

/** `token` has the scope pokemon:read. */
export const gatewaySteps = (token: string): readonly Step[] => [
  { title: 'What the gateway passes on to whoever asks', path: '/gateway' },
  { title: 'PokeAPI as it is, through the same cache', path: '/gateway/poke/pokemon?limit=1', withHeaders: true },
  {
    title: 'What one of two servers gets of a request: who asks, by which way, and no credential',
    path: '/gateway/origin/echo?a=1',
    headers: { Authorization: 'Bearer of-mine', 'X-Debug': 'on' },
  },
  {
    title: 'An upload, passed on as it comes',
    path: '/gateway/origin/upload',
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: 'a few bytes',
  },
  { title: 'Two answers in one; what could not be had is named', path: '/gateway/overview?limit=2' },
  { title: 'A route for users, without a token: a problem, status 401', path: GUARDED },
  { title: 'With a token: the answer as it is', path: GUARDED, headers: bearer(token), withHeaders: true },
];
