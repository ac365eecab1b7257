import { InvalidRequest } from '../../inbound/problems/invalid-request.ts';
import { isSoundQuery } from '../routes/is-sound-query.ts';
import type { AggregateRoute } from './aggregate-route.ts';

/**
 * The query of a request target, as all parts get it: without its `?`, empty for none.
 * @throws InvalidRequest when the route does not take it
 */
export const toQuery = ({ refusedKeys }: Pick<AggregateRoute, 'refusedKeys'>, target: string): string => {
  const mark = target.indexOf('?');
  const query = mark === -1 ? '' : target.slice(mark + 1);
  if (!isSoundQuery(query)) throw new InvalidRequest([{ field: 'query', detail: 'has to be percent-encoded' }]);
  const refused = refusedKeys(query);
  if (refused.length === 0) return query;
  throw new InvalidRequest(refused.map((field) => ({ field, detail: 'is not a query key that this route takes' })));
};
