import type { UpstreamErrorCode } from './upstream-error.ts';

interface TransportFailure {
  readonly code: UpstreamErrorCode;
  readonly transient: boolean;
}

/** The egress policy refuses as long as the name leads where it does. */
const EGRESS = /^EGRESS_REFUSED$/;
const TLS = /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH)/;
const NOT_HTTP = /^(HPE_|HTTPParserError|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_EXCEEDED_MAX_SIZE)/;

/** The code Node and undici give their errors; the message may quote what was sent, the code cannot. */
export const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name ?? 'unknown');
};

/** Sorts an error of the connection. Wrong certificates, broken HTTP and our own refusals last: not worth repeating. */
export const toTransportFailure = (error: unknown): TransportFailure => {
  const code = codeOf(error);
  if (NOT_HTTP.test(code)) return { code: 'upstream_invalid_answer', transient: false };
  return { code: 'upstream_unreachable', transient: !TLS.test(code) && !EGRESS.test(code) };
};
