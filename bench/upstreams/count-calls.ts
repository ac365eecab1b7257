import { httpGet } from '../servers/http-get.ts';
import type { Server } from '../servers/server.ts';

// nginx counts our questions too: the one that found it ready, and those asked here.
const ownQuestions = new WeakMap<Server, number>();

/** By the page of `stub_status`; undefined when it is none. */
const readNginxRequests = (page: string): number | undefined => {
  const requests = /^server accepts handled requests\s+\d+ \d+ (\d+)/m.exec(page)?.[1];
  return requests === undefined ? undefined : Number(requests);
};

/** How often the upstream was asked since its start. */
export const countUpstreamCalls = async (upstream: Server): Promise<number> => {
  const own = (ownQuestions.get(upstream) ?? 1) + 1;
  ownQuestions.set(upstream, own);
  const { body } = await httpGet(`${upstream.origin}/calls`);
  const ofNginx = readNginxRequests(body);
  return ofNginx === undefined ? Number(body) : ofNginx - own;
};
