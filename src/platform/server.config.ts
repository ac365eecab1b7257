import { isIP } from 'node:net';
import { ValidateBy } from 'class-validator';
import { defineConfig } from './config/define-config.ts';
import { isLoopbackHost } from './is-loopback-host.ts';
import { isOrigin } from './config/is-origin.ts';
import { ListOf, OneOf, SecretText, Text, WholeNumber } from './config/variables.ts';
import type { Secret } from './secret.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** An address, a CIDR range, or one of the names that the HTTP server knows. */
const isProxyAddress = (item: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(item)) return true;
  const [address = '', prefix = '0', ...rest] = item.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
};

const PUBLIC_URL =
  'give the origin alone, in lower case and without a slash at the end, such as https://api.example.com; http:// only on loopback';

/** One that browsers keep secrets for: over https, or on the machine they run on. */
const isTrustworthyOrigin = (text: string): boolean =>
  isOrigin(text) && (text.startsWith('https:') || isLoopbackHost(new URL(text).host));

const TrustworthyOrigin = (): PropertyDecorator =>
  ValidateBy({
    name: 'trustworthyOrigin',
    validator: { validate: isTrustworthyOrigin, defaultMessage: () => PUBLIC_URL },
  });

/** The process as a server: where it listens, whom it trusts, how long it waits. */
export class ServerOptions {
  /** Port to listen on; 0 takes any free one. Default 3000. */
  @WholeNumber(0, 65_535)
  port = 3000;

  /** Address to listen on. Default 127.0.0.1: this machine only. */
  @Text(/^[\w.:-]{1,253}$/, 'give an address or host name such as 0.0.0.0')
  host = '127.0.0.1';

  /** Least severe level that is logged. Default info. */
  @OneOf(LOG_LEVELS)
  logLevel: LogLevel = 'info';

  /** Origins that browsers may call from, credentials included. Default none: CORS is off. */
  @ListOf(isOrigin, 'give exact origins separated by commas, such as https://app.example.com')
  corsOrigins: string[] = [];

  /** Where browsers reach this application, as an origin. Default none: then only a loopback Host says where we are. */
  @Text(/./, PUBLIC_URL)
  @TrustworthyOrigin()
  publicUrl?: string;

  /** Requests that a caller may make in a window, as `requests/seconds`. Default none: nobody is limited. */
  @Text(/^[1-9]\d{0,8}\/[1-9]\d{0,4}$/, 'give requests/seconds, such as 100/60')
  rateLimit?: string;

  /** Proxies (addresses or CIDR) whose forwarding headers are believed. Default none. */
  @ListOf(isProxyAddress, 'give addresses or CIDR ranges separated by commas, such as 10.0.0.0/8, or loopback')
  trustProxy: string[] = [];

  /** Longest a request may take, in ms; X-Request-Timeout-Ms only shortens it. Default 30,000. */
  @WholeNumber(1, 3_600_000)
  requestTimeoutMs = 30_000;

  /** Largest request body, in bytes. Default 1 MiB. */
  @WholeNumber(1, 1_073_741_824)
  bodyLimitBytes = 1_048_576;

  /** How long requests in flight may still take once the process is told to stop, in ms. Default 10,000. */
  @WholeNumber(0, 600_000)
  shutdownTimeoutMs = 10_000;

  /** What operators present as `Authorization: Bearer …`. Unset: only callers on this machine are operators. */
  @SecretText(16)
  opsToken?: Secret;

  /** What cursors of lists are sealed with, the same for all instances. Default: made up by each process for itself. */
  @SecretText(32)
  cursorSecret?: Secret;
}

export const serverConfig = defineConfig('server', { type: ServerOptions, prefix: '' });
