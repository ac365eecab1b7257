import type { HeaderMap } from '../../outbound/index.ts';
import type { Incoming } from '../headers/incoming.ts';
import { compileRequestHeaders } from '../headers/request-headers.ts';
import type { RouteOptions } from '../routes/route-options.ts';

/** Said by our caller of our answer, which is none of those it is made of: what is wanted of it, and in which form. */
const OF_THE_WHOLE = [
  ...['range', 'if-range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
  ...['content-type', 'content-encoding', 'content-language', 'content-location'],
];

/** Makes what every upstream of a route is told of what a caller said: as for one alone, but that it is asked for JSON. */
export const compilePartHeaders = ({ name, request }: RouteOptions): ((incoming: Incoming) => HeaderMap) => {
  const { set, add, remove } = request.headers;
  const headers = { set: { accept: 'application/json', ...set }, add, remove: [...OF_THE_WHOLE, ...remove] };
  const toHeaders = compileRequestHeaders({ ...request, headers }, { routeName: name });
  return (incoming) => {
    const map = toHeaders(incoming);
    // Answers are read here: what we understand is for the pipeline to say.
    delete map['accept-encoding'];
    // Each part has spans of its own, unless a rule says otherwise.
    if (map['traceparent'] === incoming.traceparent) delete map['traceparent'];
    return map;
  };
};
