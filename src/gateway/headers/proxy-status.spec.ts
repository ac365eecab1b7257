import { NotFoundException, UnauthorizedException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { failure } from '../../../test/support/scripted-send.ts';
import { DeadlinePassed } from '../../inbound/problems/deadline-passed.ts';
import type { UpstreamErrorCode } from '../../outbound/index.ts';
import { CallerGone } from '../../platform/context/caller-gone.ts';
import { receivedStatus, toFailureStatus } from './proxy-status.ts';

const REASONS: readonly (readonly [reason: string, error: string, code?: UpstreamErrorCode])[] = [
  ['ENOTFOUND', 'dns_error'],
  ['EAI_AGAIN', 'dns_timeout'],
  ['EGRESS_REFUSED: the host has no address that this provider may connect to', 'destination_ip_prohibited'],
  ['ECONNREFUSED', 'connection_refused'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connection_timeout'],
  ['EHOSTUNREACH', 'destination_ip_unroutable'],
  ['ECONNRESET', 'connection_terminated'],
  ['UND_ERR_SOCKET', 'connection_terminated'],
  ['ECONNRESET while it was answering', 'http_response_incomplete'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'http_response_incomplete'],
  ['CERT_HAS_EXPIRED', 'tls_certificate_error'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_certificate_error'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_certificate_error'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_protocol_error'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls_alert_received'],
  ['HPE_INVALID_CONSTANT', 'http_protocol_error', 'upstream_invalid_answer'],
  ['HPE_INVALID_CHUNK_SIZE', 'http_response_transfer_coding', 'upstream_invalid_answer'],
  ['UND_ERR_HEADERS_OVERFLOW', 'http_response_header_section_size', 'upstream_invalid_answer'],
  ['the answer is larger than 5 bytes', 'http_response_body_size', 'upstream_invalid_answer'],
  ['the body is not gzip: Z_DATA_ERROR', 'http_response_content_coding', 'upstream_invalid_answer'],
  ['the attempt took longer than 5 ms', 'http_response_timeout', 'upstream_timeout'],
  ['the circuit is open: recent calls failed or were slow', 'destination_unavailable', 'circuit_open'],
  ['no server is known', 'destination_unavailable'],
  ['too many calls are under way and waiting', 'connection_limit_reached', 'overloaded'],
  ['the provider has not got a URL', 'proxy_configuration_error', 'not_configured'],
];

describe('the status of an answer', () => {
  it('is what the upstream said', () => {
    expect(receivedStatus(200)).toBe('breakwater; received-status=200');
    expect(receivedStatus(503)).toBe('breakwater; received-status=503');
  });

  it('is ours alone when the upstream was not asked', () => expect(receivedStatus(undefined)).toBe('breakwater'));
});

describe('the status of a failure', () => {
  it.each(REASONS)('of %j is %s', (reason, error, code = 'upstream_unreachable') => {
    expect(toFailureStatus(failure({ code, reason }))).toBe(`breakwater; error=${error}`);
  });

  it('tells what the upstream answered, if it did', () => {
    const broken = failure({
      code: 'upstream_invalid_answer',
      reason: 'the answer is larger than 5 bytes',
      status: 200,
    });
    expect(toFailureStatus(broken)).toBe('breakwater; error=http_response_body_size; received-status=200');
  });

  it('tells nothing of hosts, nor of what anybody said', () => {
    const reasons = ['ECONNREFUSED 10.0.0.1:8000', 'ENOTFOUND secret.internal', 'secret.internal', '10.0.0.1"; a="'];
    const told = reasons.map((reason) => toFailureStatus(failure({ reason }))).join();
    expect(told).not.toMatch(/10\.0|secret|"/);
  });

  it.each([
    [new UnauthorizedException('secret'), 'http_request_denied'],
    [new NotFoundException('secret'), 'http_request_error'],
    [new DeadlinePassed(), 'http_response_timeout'],
    [new TypeError('secret'), 'proxy_internal_error'],
    ['secret', 'proxy_internal_error'],
    [undefined, 'proxy_internal_error'],
  ])('of what is not the upstream’s: %p is %s', (thrown, error) => {
    expect(toFailureStatus(thrown)).toBe(`breakwater; error=${error}`);
  });

  it('is for nobody when the caller has gone', () => expect(toFailureStatus(new CallerGone())).toBeUndefined());
});
