import { UpstreamError } from '../../outbound/index.ts';
import type { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { compileQuery } from '../routes/check-query.ts';
import { compileMatch } from '../routes/match-route.ts';
import type { RouteOptions } from '../routes/route-options.ts';
import { compilePart, type CompiledPart, type Part } from './compile-part.ts';
import { compilePartHeaders } from './part-headers.ts';

/** As large as one answer may be that nobody said more of. */
const MAX_BYTES = 10_485_760;

/** A route that asks several upstreams at once and answers with all they say. */
export class AggregateRoute {
  readonly matches;
  readonly refusedKeys;
  readonly toPartHeaders;
  /** In the order of the file. */
  readonly parts: readonly CompiledPart[];
  /** Of all parts together. */
  readonly maxBytes: number;
  #underWay = 0;

  constructor(
    readonly options: RouteOptions,
    parts: readonly Part[],
    readonly rateLimit: RateLimit | undefined,
  ) {
    const { match, request, response } = options;
    this.matches = compileMatch(match);
    this.refusedKeys = compileQuery(request.query);
    this.toPartHeaders = compilePartHeaders(options);
    this.parts = parts.map((part) => compilePart(options, part));
    this.maxBytes = Number.isFinite(response.maxBytes) ? response.maxBytes : MAX_BYTES;
  }

  /** Takes one of its places, until the matching `leave`. @throws UpstreamError when there is none */
  enter(): void {
    if (this.#underWay >= this.options.maxConcurrent) throw overloaded(this.options);
    this.#underWay += 1;
  }

  leave(): void {
    this.#underWay -= 1;
  }
}

const overloaded = ({ name, maxConcurrent }: RouteOptions): UpstreamError =>
  new UpstreamError({
    code: 'overloaded',
    provider: `gateway.${name}`,
    operation: name,
    reason: `${maxConcurrent} requests to this route are under way`,
    retryAfterMs: 1_000,
    sent: false,
  });
