/** What follows `/gateway/`: the route's name, the path below it, and the query, all as sent. */
export interface SplitTarget {
  readonly name: string;
  readonly path: string;
  readonly query: string;
}

const PREFIX = '/gateway/';
const START = PREFIX.length;

/** What does not begin with the prefix as it stands, but encoded, has no name: the router decodes, we never do. */
const NOWHERE: SplitTarget = Object.freeze({ name: '', path: '/', query: '' });

/** @param target of a request that the router has found to be ours */
export const splitTarget = (target: string): SplitTarget => {
  if (!target.startsWith(PREFIX)) return NOWHERE;
  const mark = target.indexOf('?', START);
  const end = mark === -1 ? target.length : mark;
  const slash = target.indexOf('/', START);
  const endOfName = slash === -1 || slash > end ? end : slash;
  return {
    name: target.slice(START, endOfName),
    path: endOfName === end ? '/' : target.slice(endOfName, end),
    query: mark === -1 ? '' : target.slice(mark + 1),
  };
};
