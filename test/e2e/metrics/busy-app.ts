import { createServer } from 'node:http';
import { clientCredentials, TokenIssuer } from '../../../src/outbound/index.ts';
import { BackgroundCalls } from '../../../src/jobs/background-calls.ts';
import { ask } from '../../support/ask.ts';
import { backgroundProbe } from '../../support/background-probe.module.ts';
import { createApp, type TestApp } from '../../support/create-app.ts';
import { openEvents } from '../../support/event-source.ts';
import { eventually } from '../../support/eventually.ts';
import { probe } from '../../support/probe.module.ts';
import { TestIssuer } from '../../support/test-issuer.ts';
import { startPokeApi } from '../../upstreams/pokeapi.stand-in.ts';
import { listenLocally, type StandIn } from '../../upstreams/stand-in.ts';

const HEDGED = { hedge: 'on', hedgeAfterMs: 1, hedgeMaxShare: 1 } as const;
const OPS_TOKEN = 'a-token-for-operators-only';
/** Opening the embedded store takes a busy machine its time. */
const STORE_MS = 60_000;

interface Harbour extends StandIn {
  /** How many wait for `/slow`. */
  readonly waiting: number;
  release(): void;
}

/** `/flaky` fails every other time, `/broken` is no object, `/slow…` waits for `release`; all say what quota is left. */
const startHarbour = async (): Promise<Harbour> => {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const server = createServer(({ url = '' }, response) => {
    const isFailing = url === '/flaky' && (asked += 1) % 2 === 1;
    const headers = { 'content-type': 'application/json', 'ratelimit-remaining': '7' };
    const answer = (): unknown =>
      response.writeHead(isFailing ? 503 : 200, headers).end(url === '/broken' ? '[]' : '{}');
    if (url.startsWith('/slow')) waiting.push(answer);
    else answer();
  });
  const { port, close } = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    get waiting() {
      return waiting.length;
    },
    release: () => waiting.splice(0).forEach((answer) => void answer()),
    close,
  };
};

export interface BusyApp {
  /** What Prometheus gets. */
  scrape(): Promise<string>;
  close(): Promise<void>;
}

/** An application that has seen traffic of every kind that is measured, and whose streams are open. */
export const startBusyApp = async (): Promise<BusyApp> => {
  const [harbour, pokeApi, issuer] = [await startHarbour(), await startPokeApi(), new TestIssuer()];
  const baseUrl = harbour.url;
  const narrow = { baseUrl, maxConcurrent: 1, backoffBaseMs: 0, credential: clientCredentials() };
  const app = await createApp({
    env: { OPS_TOKEN, POKEAPI_URL: pokeApi.url },
    imports: [
      probe('harbour', narrow),
      probe('hedged', { baseUrl, ...HEDGED }),
      backgroundProbe({ baseUrl, operations: { write: {} } }),
    ],
    override: (builder) => builder.overrideProvider(TokenIssuer).useValue(issuer),
  });
  await callUpstreams(app, harbour);
  await callBeside(app, harbour);
  await callInBackground(app);
  const events = await openEvents(`${app.url}/api/v1/events/articles`);
  return {
    scrape: async () => (await ask(`${app.url}/metrics`, { headers: { authorization: `Bearer ${OPS_TOKEN}` } })).text,
    close: async () => {
      await events.drop();
      await app.close();
      await Promise.all([harbour.close(), pokeApi.close()]);
    },
  };
};

const callUpstreams = async ({ url }: TestApp, harbour: Harbour): Promise<void> => {
  for (const path of ['pokemon/pikachu', 'pokemon/pikachu', 'probe/harbour/flaky', 'probe/harbour/broken'])
    await ask(`${url}/api/v1/${path}`);
  const slow = ['slow/1', 'slow/2'].map((path) => ask(`${url}/api/v1/probe/harbour/${path}`));
  let answered = 0;
  for (const one of slow) void one.then(() => (answered += 1));
  // One after the other: there is one place.
  await eventually(() => {
    harbour.release();
    if (answered < slow.length) throw new Error(`${harbour.waiting} wait for an answer`);
  });
};

/** The first answer is late as long as nobody releases it. */
const callBeside = async ({ url }: TestApp, harbour: Harbour): Promise<void> => {
  const call = ask(`${url}/api/v1/probe/hedged/slow/3`);
  await eventually(() => {
    if (harbour.waiting < 2) throw new Error(`${harbour.waiting} wait for an answer`);
  });
  harbour.release();
  await call;
};

const callInBackground = async ({ app }: TestApp): Promise<void> => {
  const calls = app.get(BackgroundCalls, { strict: false });
  const input = { to: '/anything', from: '/anything' };
  const { id } = await calls.submit({ operation: 'probe.writeWithKey', input, owner: null });
  await eventually(async () => {
    const call = await calls.find(id);
    if (call?.state !== 'succeeded') throw new Error(`It is ${call?.state}`);
  }, STORE_MS);
};
