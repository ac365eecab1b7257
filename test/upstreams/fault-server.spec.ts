import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { connect } from 'node:tls';
import { startFaultServer, type FaultServer } from './fault-server.ts';
import { callRaw, firstBytes, openRaw } from './faults/raw-client.ts';

let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

describe('the fault server', () => {
  it('refuses connections at one of its addresses', async () => {
    expect(await callRaw(server.refusedUrl)).toEqual({ text: '', errorCode: 'ECONNREFUSED' });
  });

  it('shows a certificate that nobody should trust', async () => {
    const [error] = (await once(
      get(`${server.tlsUrl}/ok`).on('response', () => undefined),
      'error',
    )) as [Error];
    expect(error).toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(server.received).toBe(0);
  });

  it('shows it for another host', async () => {
    const ca = await certificateOf(server.tlsUrl);
    const [error] = (await once(get(`${server.tlsUrl}/ok`, { ca }), 'error')) as [Error];
    expect(error).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it('has the same faults behind TLS for whoever does not look', async () => {
    const [response] = (await once(get(`${server.tlsUrl}/status/418`, { rejectUnauthorized: false }), 'response')) as [
      IncomingMessage,
    ];
    expect(response.statusCode).toBe(418);
    response.destroy();
    const [error] = (await once(get(`${server.tlsUrl}/reset-before`, { rejectUnauthorized: false }), 'error')) as [
      Error,
    ];
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('records redirected clients and the credentials they brought', async () => {
    const response = await fetch(`${server.url}/redirect`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, server.elsewhere.url]);
    expect(server.elsewhere.hits).toBe(0);
    await fetch(server.elsewhere.url, { headers: { authorization: 'Bearer s3cret', cookie: 'id=1' } });
    expect(server.elsewhere.hits).toBe(1);
    expect(server.elsewhere.credentials).toEqual(['authorization: Bearer s3cret', 'cookie: id=1']);
  });

  it('keeps what it was asked, body included', async () => {
    await fetch(`${server.url}/echo/deep?q=1`, { method: 'PUT', body: 'häl lo' });
    expect(server.received).toBe(1);
    expect(server.requestsSeen[0]).toMatchObject({ method: 'PUT', path: '/echo/deep', body: 'häl lo' });
  });

  it('takes one request after the other on a connection that stays open', async () => {
    const socket = openRaw(`${server.url}/count`);
    expect(await firstBytes(socket)).toContain('{"count":1}');
    socket.write('GET /count HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await firstBytes(socket)).toContain('{"count":2}');
    expect(server.openSockets).toBe(1);
    socket.destroy();
  });

  it('drops clients that do not speak HTTP', async () => {
    const socket = openRaw(`${server.url}/echo`, { 'Content-Length': 'x' });
    await new Promise((resolve) => socket.once('close', resolve));
    expect(server.received).toBe(0);
  });

  it('answers 404 with the names of its faults to any other name', async () => {
    const response = await fetch(`${server.url}/unheard-of`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('/zip-bomb');
  });

  it('closes while requests hang, without calling that an abort', async () => {
    const hanging = callRaw(`${server.url}/hang`);
    while (server.received === 0) await new Promise(setImmediate);
    await server.close();
    await hanging;
    expect(server.openSockets).toBe(0);
    expect(server.aborted).toEqual([]);
  });
});

async function certificateOf(url: string): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { raw } = socket.getPeerCertificate();
  socket.destroy();
  return `-----BEGIN CERTIFICATE-----\n${raw.toString('base64')}\n-----END CERTIFICATE-----\n`;
}
