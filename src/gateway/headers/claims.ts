/** What only proxies in front of us can know, and backends believe: where the caller is, how it came, who it proved to be. */
const CLAIMS: ReadonlySet<string> = new Set([
  // Where the caller is.
  ...['client-ip', 'real-ip', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip', 'x-true-client-ip'],
  ...['x-originating-ip', 'x-remote-ip', 'x-remote-addr', 'remote-addr', 'x-original-forwarded-for', 'x-real-port'],
  ...['cf-connecting-ip', 'cf-connecting-ipv6', 'cf-pseudo-ipv4', 'cf-ipcountry', 'cf-visitor', 'fastly-client-ip'],
  ...['x-azure-clientip', 'x-azure-socketip', 'x-appengine-user-ip', 'fly-client-ip', 'x-nf-client-connection-ip'],
  // By which name and how it came.
  ...['x-forwarded', 'forwarded-for', 'x-host', 'x-original-host', 'x-http-host-override', 'x-scheme', 'x-url-scheme'],
  ...['front-end-https', 'x-arr-ssl', 'x-arr-log-id', 'x-proxyuser-ip', 'wl-proxy-client-ip', 'x-backend-host'],
  // Who it proved to be (RFC 9440, and the headers of proxies that authenticate).
  ...['client-cert', 'client-cert-chain', 'x-client-cert', 'x-client-dn', 'x-client-verify', 'x-arr-clientcert'],
  ...['remote-user', 'x-remote-user', 'x-authenticated-user', 'x-auth-request-user', 'x-auth-request-email'],
]);

const CLAIM_FAMILIES = [
  'x-forwarded-',
  'x-envoy-',
  'x-ssl-',
  'ssl-client-',
  'x-goog-iap-',
  'x-goog-authenticated-user-',
  'x-amzn-oidc-',
  'x-amzn-mtls-',
  'x-ms-client-principal',
];

/**
 * What tells backends to take the request for another than the one that our route let through: another path, another method.
 * Passed on for nobody.
 */
export const OVERRIDES: readonly string[] = [
  'x-original-url',
  'x-original-uri',
  'x-rewrite-url',
  'x-http-method-override',
  'x-http-method',
  'x-method-override',
];

/** Whether a header is believed of the proxies in front of us only; `name` in lower case. */
export const isClaim = (name: string): boolean =>
  CLAIMS.has(name) || CLAIM_FAMILIES.some((family) => name.startsWith(family));
