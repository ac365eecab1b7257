import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer, Asked, Shape } from './cms/answer.ts';
import { createArticleStore } from './cms/article-store.ts';
import type { CmsOptions, CmsRequest, CmsStandIn } from './cms/cms-handles.ts';
import { createContract } from './cms/contract.ts';
import { createStrapi } from './cms/strapi.ts';
import { webhookBody } from './cms/webhook-body.ts';
import { cutAnswer, writeAnswer } from './cms/write-answer.ts';
import { remember } from './recent-list.ts';
import { listenLocally } from './stand-in.ts';

/** What is wrong with lists; a status of undefined means a connection that is cut. */
interface Damage {
  readonly from: number;
  readonly status: number | undefined;
}

/** A headless CMS: the contract under `/api/v1`, and the same articles as Strapi 5 gives them under `/api`. */
export const startCms = async (options: CmsOptions = {}): Promise<CmsStandIn> => {
  const server = createServer();
  const { port, close } = await listenLocally(server, options.port);
  const url = `http://127.0.0.1:${port}`;
  const store = createArticleStore(options);
  const contract = createContract(store, options);
  const strapi = createStrapi(store, options);
  const requests: CmsRequest[] = [];
  let requestCount = 0;
  let damage: Damage | undefined;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const asked = toAsked(request);
    requestCount += 1;
    remember(requests, { method: asked.method, path: request.url ?? '', headers: request.headers });
    request.resume();
    const shape = asked.path.startsWith('/api/v1/') ? contract : strapi;
    respond(response, shape, shape.answer(asked), damage);
  });
  return {
    url,
    contractUrl: `${url}/api/v1`,
    strapiUrl: url,
    requests,
    get requestCount() {
      return requestCount;
    },
    put: store.put,
    remove: store.remove,
    failFrom: (from, status = 500) => void (damage = { from, status }),
    cutFrom: (from) => void (damage = { from, status: undefined }),
    mend: () => void (damage = undefined),
    webhookBody: (event, slug) => webhookBody(store, event, slug),
    close,
  };
};

const toAsked = ({ method = '', url = '/', headers }: IncomingMessage): Asked => {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  return { method, path, query: new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt)), headers };
};

const respond = (response: ServerResponse, shape: Shape, answer: Answer, damage: Damage | undefined): void => {
  const isDamaged = damage !== undefined && (answer.reaches ?? 0) > damage.from;
  if (!isDamaged) writeAnswer(response, shape, answer);
  else if (damage.status === undefined) cutAnswer(response, shape, answer);
  else writeAnswer(response, shape, shape.fail(damage.status));
};
