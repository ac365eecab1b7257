/** As attributes have it. */
export type ServerAddress = Readonly<{ 'server.address'?: string; 'server.port'?: number }>;

/** As many servers as are remembered; more come and go only where discovery finds others all the time. */
const MAX_SERVERS = 1_000;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

const NONE: ServerAddress = Object.freeze({});

const known = new Map<string, ServerAddress>();

/** `server.address` and `server.port` of an origin, or of a server's id that is one. */
export const toServerAddress = (server: string | undefined): ServerAddress => {
  if (server === undefined) return NONE;
  const remembered = known.get(server);
  if (remembered) return remembered;
  if (known.size >= MAX_SERVERS) known.clear();
  const attributes = parse(server);
  known.set(server, attributes);
  return attributes;
};

const parse = (server: string): ServerAddress => {
  const url = URL.parse(server);
  if (url === null) return NONE;
  const { hostname, port, protocol } = url;
  const address = { 'server.address': hostname.replace(/^\[|\]$/g, '') };
  const number = port === '' ? DEFAULT_PORTS[protocol] : Number(port);
  return Object.freeze(number === undefined ? address : { ...address, 'server.port': number });
};
