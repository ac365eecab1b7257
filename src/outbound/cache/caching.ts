import { compose, type Stage } from '../http/call.ts';
import { isSafeMethod } from '../http/operation.ts';

/** The stages of the cache, in their order. What is passed on without being kept, and changes nothing, goes by all of them. */
export const caching =
  (stages: readonly Stage[]): Stage =>
  (next) => {
    const cached = compose(stages, next);
    return (call) => {
      const { streams, operation, method } = call;
      return streams && operation.cache === 'off' && isSafeMethod(method) ? next(call) : cached(call);
    };
  };
