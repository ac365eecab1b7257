import type { z } from 'zod';
import { aggregate } from './aggregate.schema.ts';
import { checkRoute } from './check-route.ts';
import { list, text, value, whole, yesNo } from './fields.ts';
import { match } from './match.schema.ts';
import { prefix, template } from './paths.ts';
import { cache, hedge, request, response, retries, timeouts } from './rules.schema.ts';
import { strict } from './strict.ts';
import { target } from './target.schema.ts';

/** What a route is read with. */
export interface Around {
  /** Where values of headers may come from. */
  readonly environment: NodeJS.ProcessEnv;
  /** Names of those that a target may be. */
  readonly providers: readonly string[];
}

const NAME = /^[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?$/;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,256}$/;
const PROTOCOL = /^[a-z\d!#$%&'*+.^_`|~-]{1,64}$/;

/** It would carry requests past every rule of the route. */
const UNRULED = /^(?:h2c?|http)$/;

const protocol = value<string>(
  (written) => typeof written === 'string' && PROTOCOL.test(written) && !UNRULED.test(written),
  (written) =>
    UNRULED.test(String(written))
      ? 'leave it out: it passes every rule by'
      : 'give a protocol in lower case, such as websocket',
);

const shapeOf = ({ environment, providers }: Around) => {
  const somewhere = target(providers);
  return {
    name: text(NAME, 'give lower-case letters, digits and dashes, at most 64'),
    description: text(/^[^\p{Cc}]{1,500}$/u, 'give at most 500 characters on one line').exactOptional(),
    target: somewhere.exactOptional(),
    aggregate: aggregate(somewhere).exactOptional(),
    public: yesNo().default(false),
    scopes: list(text(SCOPE, 'give a scope without blanks and quotes, such as origin:use'), 100, 'scopes').default([]),
    match: match.prefault({}),
    strip: prefix.exactOptional(),
    rewrite: template.exactOptional(),
    allowEncodedSlashes: yesNo().default(false),
    request: request(environment).prefault({}),
    response: response(environment).prefault({}),
    timeouts: timeouts.prefault({}),
    retries: retries.prefault({}),
    hedge: hedge.exactOptional(),
    cache: cache.prefault('off'),
    rateLimit: text(/^[1-9]\d{0,8}\/[1-9]\d{0,4}$/, 'give requests/seconds, such as 100/60').exactOptional(),
    maxConcurrent: whole(1, 100_000).default(1_024),
    upgrades: list(protocol, 10, 'protocols').exactOptional(),
  };
};

/** One entry of `routes`. */
export const route = (around: Around) => strict(shapeOf(around), checkRoute);

export type WrittenRoute = z.output<z.ZodObject<ReturnType<typeof shapeOf>, z.core.$strict>>;
