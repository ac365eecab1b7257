import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Hosts, with ports, that anything in this process began to connect to by HTTP. */
export interface Connections {
  readonly hosts: ReadonlySet<string>;
  stop(): void;
}

/** What undici tells before it connects; an address that nothing answers at shows up as well. */
const BEFORE_CONNECT = 'undici:client:beforeConnect';

export const watchConnections = (): Connections => {
  const hosts = new Set<string>();
  const note = (message: unknown): void => {
    const { hostname, port } = (message as { connectParams: { hostname: string; port: string } }).connectParams;
    hosts.add(`${hostname}:${port}`);
  };
  subscribe(BEFORE_CONNECT, note);
  return { hosts, stop: () => void unsubscribe(BEFORE_CONNECT, note) };
};
