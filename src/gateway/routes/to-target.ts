import type { BalanceOptions, DiscoveryOptions, EjectionOptions, TargetOptions } from './target-options.ts';
import { balance as balanceForms, ejection as ejectionForm } from './written/balance.schema.ts';
import { basePathOf } from './written/endpoints.schema.ts';
import type { WrittenTarget } from './written/target.schema.ts';

/** Where a file is that the routes file names. */
export type Locate = (file: string) => string;

const DEFAULT_PORT = { http: 80, https: 443 } as const;
const BALANCE = toBalance(balanceForms.parse({}));
const EJECTION: EjectionOptions = ejectionForm.parse({});

/** @throws TypeError when it says nowhere, which its schema has made sure of */
export const toTarget = (written: WrittenTarget, locate: Locate): TargetOptions => {
  if (written.provider !== undefined) return { kind: 'provider', provider: written.provider };
  const { balance, ejection, probe, network, endpoints: [first] = [] } = written;
  return {
    kind: 'upstream',
    discovery: toDiscovery(written, locate),
    basePath: (written.basePath ?? (first ? basePathOf(first.url) : '')).replace(/\/$/, ''),
    network: network ?? 'public',
    balance: balance ? toBalance(balance) : BALANCE,
    ejection: ejection ?? EJECTION,
    ...(probe && { probe }),
  };
};

const toDiscovery = ({ endpoints, dns, srv, file }: WrittenTarget, locate: Locate): DiscoveryOptions => {
  if (endpoints)
    return { by: 'list', endpoints: endpoints.map(({ url, weight }) => ({ url: new URL(url).origin, weight })) };
  if (dns) {
    const { name, scheme, port = DEFAULT_PORT[scheme], servers, refreshMs } = dns;
    return { by: 'dns', name, port, scheme, dns: { servers, refreshMs } };
  }
  if (srv)
    return { by: 'srv', name: srv.name, scheme: srv.scheme, dns: { servers: srv.servers, refreshMs: srv.refreshMs } };
  if (file !== undefined) return { by: 'file', path: locate(file) };
  throw new TypeError('A target says nowhere to go to');
};

function toBalance(written: Omit<BalanceOptions, 'hashBy'> & Partial<BalanceOptions>): BalanceOptions {
  return { hashBy: 'path', ...written };
}
