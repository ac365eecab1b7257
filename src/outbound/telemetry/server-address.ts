import type { Attributes } from '@opentelemetry/api';

/** As many servers as are remembered; more come and go only where discovery finds others all the time. */
const MAX_SERVERS = 1_000;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

const NONE: Attributes = Object.freeze({});

const known = new Map<string, Attributes>();

/** `server.address` and `server.port` of an origin, or of a server's id that is one. */
export const toServerAddress = (server: string | undefined): Attributes => {
  if (server === undefined) return NONE;
  const remembered = known.get(server);
  if (remembered) return remembered;
  if (known.size >= MAX_SERVERS) known.clear();
  const attributes = parse(server);
  known.set(server, attributes);
  return attributes;
};

const parse = (server: string): Attributes => {
  const url = URL.parse(server);
  if (url === null) return NONE;
  const { hostname, port, protocol } = url;
  const address = { 'server.address': hostname.replace(/^\[|\]$/g, '') };
  const number = port === '' ? DEFAULT_PORTS[protocol] : Number(port);
  return Object.freeze(number === undefined ? address : { ...address, 'server.port': number });
};
