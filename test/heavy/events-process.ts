import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What `npm start` runs; `npm run build` makes it. */
const MAIN = join(import.meta.dirname, '../../dist/main.js');
const WEIGHT = pathToFileURL(join(import.meta.dirname, 'events-process-weight.mjs')).href;
const SECRET = 'known to the CMS and to us';

/** What the process needs when all that nobody refers to is gone. */
export interface Weight {
  /** Of heap and buffers. */
  readonly liveBytes: number;
  readonly residentBytes: number;
}

/** The application as a process of its own, with a topic that everybody may listen to. */
export interface EventsProcess {
  readonly url: string;
  /** As the CMS's webhook does. @throws Error unless it is understood */
  publish(slug: string): Promise<void>;
  weigh(): Promise<Weight>;
  stop(): Promise<void>;
}

export const startEventsProcess = async (): Promise<EventsProcess> => {
  const child = fork(MAIN, {
    cwd: tmpdir(),
    // Nobody asks that CMS: it only has to have an address.
    env: { PORT: '0', LOG_LEVEL: 'warn', CMS_URL: 'http://127.0.0.1:9', CMS_WEBHOOK_SECRET: SECRET },
    execArgv: ['--enable-source-maps', '--expose-gc', '--import', WEIGHT],
    silent: true,
  });
  child.stdout?.resume();
  const receive = async <T>(): Promise<T> => ((await once(child, 'message')) as [T])[0];
  const { ready: url } = await receive<{ ready: string }>();
  return {
    url,
    publish: (slug) => publish(url, slug),
    weigh: () => {
      const weight = receive<Weight>();
      child.send('weigh');
      return weight;
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
};

const publish = async (url: string, slug: string): Promise<void> => {
  const event = 'entry.publish';
  const { status } = await fetch(`${url}/api/v1/webhooks/cms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': SECRET, 'x-strapi-event': event },
    body: JSON.stringify({ event, model: 'article', entry: { slug } }),
  });
  if (status !== 204) throw new Error(`The webhook answered ${status}`);
};
