import type { z } from 'zod';
import { closestName } from '../closest-name.ts';
import { balance, ejection, probe } from './balance.schema.ts';
import { checkEndpoints } from './check-endpoints.ts';
import { dns, srv } from './dns.schema.ts';
import { endpointList } from './endpoints.schema.ts';
import { oneOf, text, value } from './fields.ts';
import { prefix } from './paths.ts';
import { strict, type Found } from './strict.ts';

const WAYS = ['provider', 'endpoints', 'dns', 'srv', 'file'] as const;
const OF_OWN_SERVERS = ['basePath', 'network', 'balance', 'ejection', 'probe'] as const;

const provider = (known: readonly string[]) =>
  value<string>(
    (written) => known.includes(written as string),
    (written) => {
      if (known.length === 0) return 'there are no providers: give endpoints, dns, srv or file';
      const meant = closestName(String(written), known);
      return `name one of ${known.join(', ')}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`;
    },
  );

const shapeOf = (providers: readonly string[]) => ({
  provider: provider(providers).exactOptional(),
  endpoints: endpointList.exactOptional(),
  dns: dns.exactOptional(),
  srv: srv.exactOptional(),
  file: text(/^[^\0]+$/, 'give the path of a file that lists servers').exactOptional(),
  basePath: prefix.exactOptional(),
  network: oneOf('public', 'private').exactOptional(),
  balance: balance.exactOptional(),
  ejection: ejection.exactOptional(),
  probe: probe.exactOptional(),
});

/** Where requests go. */
export const target = (providers: readonly string[]) => strict(shapeOf(providers), checkTarget);

export type Target = ReturnType<typeof target>;
export type WrittenTarget = z.output<z.ZodObject<ReturnType<typeof shapeOf>, z.core.$strict>>;

const checkTarget = (found: Found<WrittenTarget>): void => {
  const { isWritten, report } = found;
  const ways = WAYS.filter(isWritten);
  if (ways.length !== 1) {
    report([], `give exactly one of ${WAYS.join(', ')}${ways.length === 0 ? '' : `, not ${ways.join(' and ')}`}`);
  }
  if (isWritten('provider')) {
    for (const key of OF_OWN_SERVERS.filter(isWritten)) report([key], 'leave it out: a provider has its own');
  }
  checkEndpoints(found);
};
