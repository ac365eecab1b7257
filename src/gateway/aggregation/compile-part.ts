import type { Operation } from '../../outbound/index.ts';
import { compileAffinity, type ToAffinity } from '../passing/affinity.ts';
import type { PartOptions, RouteOptions } from '../routes/route-options.ts';
import { compileRewriting, type ToUpstreamPath } from '../routes/to-upstream-path.ts';
import type { Target } from '../targets/target.ts';

/** One of the answers that are merged. */
export interface Part {
  readonly options: PartOptions;
  readonly target: Target;
}

/** The same with everything that can be prepared once. */
export interface CompiledPart extends Part {
  readonly operation: Operation;
  readonly toPath: ToUpstreamPath;
  readonly toAffinity: ToAffinity;
}

export const compilePart = (route: RouteOptions, { options, target }: Part): CompiledPart => ({
  options,
  target,
  operation: toOperation(route, { options, target }),
  toPath: compileRewriting({ rewrite: options.path }, target.provider.basePath),
  toAffinity: compileAffinity(options.target),
});

/** Asked by GET whatever we are asked by: without the bodies there is no length to tell. */
const toOperation = (route: RouteOptions, { options, target: { provider } }: Part): Operation => {
  const { cache, timeouts, retries, hedge, response } = route;
  const callDeadlineMs = options.timeoutMs ?? timeouts.callMs;
  return provider.createOperation('GET', `${route.name}.${options.key}`, {
    ...(cache === 'shared' ? {} : { cache }),
    ...(hedge === undefined ? {} : { hedge }),
    ...(callDeadlineMs === undefined ? {} : { callDeadlineMs }),
    ...(timeouts.attemptMs === undefined ? {} : { attemptTimeoutMs: timeouts.attemptMs }),
    ...(retries.attempts === undefined ? {} : { maxAttempts: retries.attempts }),
    ...(Number.isFinite(response.maxBytes) ? { maxResponseBytes: response.maxBytes } : {}),
  });
};
