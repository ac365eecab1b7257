const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether others may read, and change, what goes to `url`: by http, and not to this machine. */
export const isOverheard = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol !== 'https:' && !LOOPBACK.test(parsed.hostname);
};
