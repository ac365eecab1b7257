import type { FastifyRequest } from 'fastify';
import type { ServerOptions } from '../../platform/server.config.ts';
import { isLoopbackHost } from '../../platform/is-loopback-host.ts';

type Origins = Pick<ServerOptions, 'publicUrl' | 'corsOrigins'>;

/**
 * Whether a script of our own, or of an origin we list, made this request: browsers send cookies along whoever asks.
 * Two things prove it together. The browser says where the request comes from, by `Sec-Fetch-Site` or `Origin`; and it
 * bears `X-Requested-With`, which no form can send and no script of another origin without asking us first.
 */
export const isSameOrigin = (request: FastifyRequest, origins: Origins): boolean =>
  Boolean(request.headers['x-requested-with']) && isFromOurPages(request, origins);

/**
 * Whether the browser says that it comes from a page of ours, or of an origin we list. Proof enough where browsers always
 * say it, and where no script can add a header: when a WebSocket is opened (RFC 6455 §10.2).
 */
export const isFromOurPages = ({ headers }: FastifyRequest, origins: Origins): boolean =>
  headers['sec-fetch-site'] === 'same-origin' || isOurs(headers, origins);

const isOurs = ({ origin, host }: FastifyRequest['headers'], { publicUrl, corsOrigins }: Origins): boolean =>
  origin !== undefined && (origin === (publicUrl ?? localOrigin(host)) || corsOrigins.includes(origin));

/** Without PUBLIC_URL only a Host that nobody else can have says where we are. */
const localOrigin = (host: string | undefined): string | undefined =>
  isLoopbackHost(host) ? `http://${host!.toLowerCase()}` : undefined;
