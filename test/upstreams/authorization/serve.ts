import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import { fail, type EndpointFault } from './endpoint-faults.ts';
import { interact, isInteraction } from './interaction.ts';
import type { RequestLog } from './request-log.ts';
import { serverOptions, type ServerSettings } from './server-options.ts';

export interface Service {
  readonly listener: RequestListener;
  /** Goes on with the keys that are current now, over the same storage. */
  restart(): void;
}

export type Faults = ReadonlyMap<string, EndpointFault>;

/** The server proper, behind the faults that a test has set for a path. */
export const createService = (issuer: string, settings: ServerSettings, log: RequestLog, faults: Faults): Service => {
  const start = (): { provider: Provider; answer: RequestListener } => {
    const provider = createProvider(issuer, settings, log);
    const answer = provider.callback();
    return { provider, answer: (request, response) => void answer(request, response) };
  };
  let running = start();
  return {
    listener: (request, response) => {
      log.add(request);
      const fault = faults.get(pathOf(request));
      if (fault !== undefined)
        void text(request).then((body) => {
          log.learn(request, new URLSearchParams(body));
          fail(request, response, fault);
        }, ignoreGone);
      else if (isInteraction(request)) void interact(running.provider, request, response);
      else running.answer(request, response);
    },
    restart: () => void (running = start()),
  };
};

const ignoreGone = (): void => undefined;

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

const createProvider = (issuer: string, settings: ServerSettings, log: RequestLog): Provider => {
  const provider = new Provider(issuer, serverOptions(settings));
  // Koa prints errors, of clients that went away too.
  provider.silent = true;
  provider.use(async (context, next) => {
    await next();
    log.learn(context.req, new URLSearchParams((context.oidc?.body ?? {}) as Record<string, string>));
  });
  return provider;
};
