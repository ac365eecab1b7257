import { isIP } from 'node:net';
import { list, oneOf, value, whole } from './fields.ts';
import { strict } from './strict.ts';

const DAY_MS = 86_400_000;
const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;
const PORT = /^\d{1,5}$/;
const BRACKETED = /^\[([^\]]*)\](?::(\d{1,5}))?$/;

const isName = (written: unknown): boolean => {
  if (typeof written !== 'string' || written.length > 253 || isIP(written) !== 0) return false;
  const labels = written.replace(/\.$/, '').split('.');
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
};

const isPort = (text: string): boolean => PORT.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

const isServer = (written: unknown): boolean => {
  if (typeof written !== 'string') return false;
  if (isIP(written) !== 0) return true;
  const [, address = '', port = '53'] = BRACKETED.exec(written) ?? [];
  if (address !== '') return isIP(address) === 6 && isPort(port);
  const [host = '', ...ports] = written.split(':');
  return isIP(host) === 4 && ports.length === 1 && isPort(ports[0]!);
};

const name = value<string>(isName, (written) =>
  isIP(String(written)) === 0
    ? 'give a name that DNS knows, such as origin.example.com'
    : 'give a name, or write this address under endpoints',
);

const asked = {
  name,
  scheme: oneOf('http', 'https').default('http'),
  servers: list(
    value<string>(isServer, 'give an address, or address:port, such as 10.0.0.53:53 or [fd00::53]:53'),
    10,
    'DNS servers',
  ).default([]),
  refreshMs: whole(100, DAY_MS).default(60_000),
};

/** A and AAAA records. The port is the scheme's own unless said. */
export const dns = strict({ ...asked, port: whole(1, 65_535).exactOptional() });

/** SRV records, which say the port. */
export const srv = strict(asked);
