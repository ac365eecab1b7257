import { isLoopbackHost } from '../../platform/is-loopback-host.ts';

/** Whether others may read, and change, what goes to `url`: by http, and not to this machine. */
export const isOverheard = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol !== 'https:' && !isLoopbackHost(parsed.host);
};
