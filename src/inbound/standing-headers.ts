import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import helmet from 'helmet';

type Headers = Readonly<Record<string, string>>;

/** For data: it may be neither framed nor embedded, nor taken for anything but what it says it is. */
const forData = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  xFrameOptions: { action: 'deny' },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** For pages: they may load from ourselves only, and need no inline script. */
const forPages = helmet({
  contentSecurityPolicy: {
    directives: {
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
});

/** Where documents are served; everything else is data. */
const PAGES = ['/docs', '/problems'];

/** What is passed on from others is told by their headers: these come late, to what we say there ourselves. */
const PASSED_ON = '/gateway/';

/**
 * Puts helmet's headers on every answer: those that concern data on all, those that concern documents on pages too.
 * They never change, so helmet is asked once, at start; and each header sent costs about 1 µs.
 */
export const addStandingHeaders = (server: FastifyInstance): void => {
  // Any answer may come compressed or not, and a cache has to know (RFC 9110 §12.5.5).
  const data = { ...headersOf(forData), vary: 'accept-encoding' };
  const page = { ...data, ...headersOf(forPages) };
  server.addHook('onRequest', ({ url }, reply, done) => {
    if (url.startsWith(PASSED_ON)) return done();
    reply.headers(PAGES.some((prefix) => url.startsWith(prefix)) ? page : data);
    done();
  });
  server.addHook('onSend', ({ url }, reply, payload, done) => {
    if (url.startsWith(PASSED_ON)) addTo(reply, data);
    done(null, payload);
  });
};

const addTo = (reply: FastifyReply, { vary, ...others }: Headers): void => {
  for (const [name, value] of Object.entries(others)) if (!reply.hasHeader(name)) reply.header(name, value);
  const own = reply.getHeader('vary');
  reply.header('vary', own === undefined ? vary : `${String(own)}, ${vary}`);
};

const headersOf = (middleware: ReturnType<typeof helmet>): Headers => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  middleware(response.req, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
};
