import type { IncomingHttpHeaders } from 'node:http';
import { isIdempotentMethod, type Operation, type OperationOptions } from '../../outbound/index.ts';
import type { RateLimit } from '../../inbound/rate-limit/rate-limit.ts';
import { isWithin } from '../headers/path-back.ts';
import { compileRequestHeaders } from '../headers/request-headers.ts';
import { compileResponseHeaders } from '../headers/response-headers.ts';
import { compileAffinity } from '../passing/affinity.ts';
import type { Target } from '../targets/target.ts';
import { compileQuery } from './check-query.ts';
import type { PathValues } from './match-path.ts';
import { compileMatch } from './match-route.ts';
import type { RouteOptions, TimeoutOptions } from './route-options.ts';
import { compileRewriting } from './to-upstream-path.ts';

/** A request that a route takes. */
export interface Taken {
  /** Normalised, below the route. */
  readonly path: string;
  /** Without its question mark; may be empty. */
  readonly query: string;
  /** Of the names in the route's path. */
  readonly values: PathValues;
}

/** Where a request goes. */
export interface Destination {
  /** With its query. */
  readonly path: string;
  readonly affinity: string | undefined;
  /** What the route took off the front of the caller's path; empty for nothing. */
  readonly stripped: string;
}

/** An attempt cannot take longer than the call. */
const toPatience = (
  { attemptMs, callMs }: TimeoutOptions,
  of: { readonly attemptTimeoutMs: number },
): OperationOptions => {
  const attemptTimeoutMs = attemptMs ?? of.attemptTimeoutMs;
  return callMs === undefined
    ? { attemptTimeoutMs }
    : { attemptTimeoutMs: Math.min(attemptTimeoutMs, callMs), callDeadlineMs: callMs };
};

/** A route of the present table, with everything that can be prepared once. */
export class Route {
  readonly matches;
  readonly refusedKeys;
  readonly #toPath;
  readonly #toAffinity;
  readonly toRequestHeaders;
  readonly toResponseHeaders;
  /** As many as there are methods. */
  readonly #operations = new Map<string, Operation>();
  #underWay = 0;

  constructor(
    readonly options: RouteOptions,
    readonly target: Target,
    readonly rateLimit: RateLimit | undefined,
  ) {
    const { name, request, response, rewriting } = options;
    const { basePath } = target.provider;
    this.matches = compileMatch(options.match);
    this.refusedKeys = compileQuery(request.query);
    this.#toPath = compileRewriting(rewriting, basePath);
    this.#toAffinity = compileAffinity(options.target!);
    this.toRequestHeaders = compileRequestHeaders(request, { routeName: name });
    this.toResponseHeaders = compileResponseHeaders(response, {
      routeName: name,
      isPublic: options.public,
      basePath,
      ownOrigins: () => target.origins(),
    });
  }

  /** Takes one of its places, if there is one. */
  tryEnter(): boolean {
    if (this.#underWay >= this.options.maxConcurrent) return false;
    this.#underWay += 1;
    this.target.enter();
    return true;
  }

  leave(): void {
    this.#underWay -= 1;
    this.target.leave();
  }

  /** Where a request goes that this route takes. */
  toDestination({ path, query, values }: Taken, headers: IncomingHttpHeaders): Destination {
    const { strip } = this.options.rewriting;
    return {
      path: this.#toPath(path, values, query),
      affinity: this.#toAffinity(path, headers),
      stripped: strip !== undefined && isWithin(path, strip) ? strip : '',
    };
  }

  operation(method: string): Operation {
    const known = this.#operations.get(method);
    if (known) return known;
    const operation = this.target.provider.createOperation(method, this.options.name, this.toOperationOptions(method));
    this.#operations.set(method, operation);
    return operation;
  }

  /** Whether a request may be sent twice, if its body can. */
  mayRepeat(method: string, hasKey: boolean): boolean {
    return isIdempotentMethod(method) || (hasKey && this.options.retries.idempotencyKey);
  }

  private toOperationOptions(method: string): OperationOptions {
    const { cache, timeouts, retries, hedge } = this.options;
    const mayRepeat = this.mayRepeat(method, true);
    return {
      ...(cache === 'shared' ? {} : { cache }),
      ...(hedge === undefined ? {} : { hedge }),
      ...toPatience(timeouts, this.target.provider.options),
      ...(mayRepeat ? (retries.attempts === undefined ? {} : { maxAttempts: retries.attempts }) : { maxAttempts: 1 }),
      // What the upstream says is passed on as it is, unless the route wants it otherwise.
      repeatsAnswers: retries.attempts !== undefined,
      mayRedirect: true,
    };
  }
}
