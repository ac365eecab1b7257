import type { ClientId } from './clients.ts';

/**
 * Headers that prove who asks; `breakwater-post` proves it in the form, which is completed. RFC 6749, section 2.3.1: in
 * the header both halves are form-encoded first.
 */
export const authenticate = (client: ClientId, secret: string, form: URLSearchParams): Record<string, string> => {
  if (client === 'breakwater-post') {
    form.set('client_id', client);
    form.set('client_secret', secret);
    return {};
  }
  const pair = `${client}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};
