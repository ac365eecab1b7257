import { toProblemParts } from '../../inbound/problems/to-problem.ts';
import { UpstreamError, type UpstreamErrorCode } from '../../outbound/index.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';

const US = 'breakwater';

const received: string[] = [];

/** Our member of `Proxy-Status` (RFC 9209) on an answer of the upstream; undefined: it was not asked. */
export const receivedStatus = (status: number | undefined): string =>
  status === undefined ? US : (received[status] ??= `${US}; received-status=${status}`);

/** What reasons begin with: the codes of Node, of undici and of ours. More telling than the error's own code; first match. */
const BY_REASON: readonly (readonly [RegExp, string])[] = [
  [/^EGRESS_REFUSED/, 'destination_ip_prohibited'],
  [/^(EAI_AGAIN|ETIMEOUT)/, 'dns_timeout'],
  [/^(ENOTFOUND|ENODATA|ESERVFAIL|EAI_)/, 'dns_error'],
  [/^ECONNREFUSED/, 'connection_refused'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)/, 'connection_timeout'],
  [/^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)/, 'destination_ip_unroutable'],
  [/^(ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'tls_certificate_error'],
  [/^ERR_SSL_\w*ALERT/, 'tls_alert_received'],
  [/^(ERR_TLS|ERR_SSL|EPROTO)/, 'tls_protocol_error'],
  [/^(HPE_HEADER_OVERFLOW|UND_ERR_HEADERS_OVERFLOW)/, 'http_response_header_section_size'],
  [/^HPE_(INVALID_CHUNK|CHUNK|INVALID_TRANSFER|UNEXPECTED_CONTENT|LF_EXPECTED)/, 'http_response_transfer_coding'],
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE|^the answer is larger than/, 'http_response_body_size'],
  [/^its content encoding |^the body is not (gzip|x-gzip|deflate|br|zstd)\b/, 'http_response_content_coding'],
  [/^UND_ERR_RES_CONTENT_LENGTH|^HPE_INVALID_EOF_STATE| while it was answering$/, 'http_response_incomplete'],
  [/^(ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED)/, 'connection_terminated'],
];

const BY_CODE: Readonly<Record<UpstreamErrorCode, string>> = {
  upstream_timeout: 'http_response_timeout',
  upstream_unreachable: 'destination_unavailable',
  upstream_failed: 'http_protocol_error',
  upstream_rejected: 'http_protocol_error',
  upstream_invalid_answer: 'http_protocol_error',
  upstream_throttled: 'connection_limit_reached',
  circuit_open: 'destination_unavailable',
  overloaded: 'connection_limit_reached',
  not_configured: 'proxy_configuration_error',
};

/** Refusals by our own rules. */
const DENIED: ReadonlySet<number> = new Set([401, 403, 413, 429]);

/**
 * Our member of `Proxy-Status` on a problem of ours: of which kind it is (RFC 9209 §2.3), and nothing of hosts or addresses.
 * Undefined where nobody reads it.
 */
export const toFailureStatus = (thrown: unknown): string | undefined => {
  if (thrown instanceof CallerGone) return undefined;
  if (!(thrown instanceof UpstreamError)) return `${US}; error=${ofOurs(thrown)}`;
  const { code, reason, status } = thrown;
  const error = BY_REASON.find(([pattern]) => pattern.test(reason))?.[1] ?? BY_CODE[code];
  return `${US}; error=${error}${status === undefined ? '' : `; received-status=${status}`}`;
};

const ofOurs = (thrown: unknown): string => {
  const { code, status } = toProblemParts(thrown);
  if (code === 'upstream_timeout') return 'http_response_timeout';
  if (status >= 500) return 'proxy_internal_error';
  return DENIED.has(status) ? 'http_request_denied' : 'http_request_error';
};
