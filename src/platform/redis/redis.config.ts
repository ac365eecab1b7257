import { defineConfig } from '../config/define-config.ts';
import { SecretUrl } from '../config/variables.ts';
import type { Secret } from '../secret.ts';

/** Only a database number may stand in its path; what else there is to set, the code sets. */
const isRedisUrl = ({ protocol, hostname, pathname, search, hash }: URL): boolean =>
  ['redis:', 'rediss:'].includes(protocol) &&
  hostname !== '' &&
  /^(\/\d{0,4})?$/.test(pathname) &&
  search + hash === '';

/** Where Redis or Valkey is: what several instances of the application share. */
export class RedisOptions {
  /** None: every instance is on its own. May hold a password. */
  @SecretUrl(
    isRedisUrl,
    'give redis://[user:password@]host[:port][/database], or rediss:// for TLS; percent-encode what is special in a password',
  )
  url?: Secret;
}

export const redisConfig = defineConfig('redis', { type: RedisOptions, prefix: 'REDIS_' });
