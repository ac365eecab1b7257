import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GrantEnded } from '../../../src/providers/authorization/grant-ended.ts';
import { rejectionOf } from '../../support/rejection-of.ts';
import { logIn } from './logged-in.ts';
import { briefly, startServer, type ServerUnderTest } from './server-under-test.ts';

let subject: ServerUnderTest;

beforeAll(async () => {
  subject = await startServer();
});
afterAll(() => subject.close());

describe('the tokens of a login', () => {
  it('are renewed, each refresh token once', async () => {
    const { refreshToken } = await logIn(subject);
    const renewed = await subject.client.refresh(refreshToken!, 'ash');
    expect(briefly(await subject.tokens.verify(renewed.accessToken.reveal()))).toBe('ash');
    expect(renewed.refreshToken!.reveal()).not.toBe(refreshToken!.reveal());
    expect(await rejectionOf(subject.client.refresh(refreshToken!, 'ash'))).toBeInstanceOf(GrantEnded);
    // Whoever used it twice may have stolen it: the new one ends as well.
    expect(await rejectionOf(subject.client.refresh(renewed.refreshToken!, 'ash'))).toBeInstanceOf(GrantEnded);
  });

  it('are not taken for somebody else', async () => {
    const { refreshToken } = await logIn(subject);
    const failure = await rejectionOf(subject.client.refresh(refreshToken!, 'misty'));
    expect(failure).toMatchObject({ code: 'upstream_invalid_answer', reason: 'its tokens are for somebody else' });
  });

  it('end when the refresh token is revoked', async () => {
    const { refreshToken } = await logIn(subject);
    await subject.client.revoke(refreshToken!, 'refresh_token');
    expect(await rejectionOf(subject.client.refresh(refreshToken!, 'ash'))).toBeInstanceOf(GrantEnded);
  });

  it('are no longer sent when the server is in trouble', async () => {
    const { refreshToken } = await logIn(subject);
    const before = subject.hits('/token');
    subject.server.failTokenEndpoint(503);
    const failure = await rejectionOf(subject.client.refresh(refreshToken!, 'ash'));
    subject.server.failTokenEndpoint();
    expect([failure, subject.hits('/token') - before]).toMatchObject([{ code: 'upstream_failed' }, 1]);
    expect(await subject.client.refresh(refreshToken!, 'ash')).toMatchObject({ accessTokenLifeMs: 600_000 });
  });

  it('pass for access tokens only if they are', async () => {
    const { refreshToken } = await logIn(subject);
    expect(briefly(await subject.tokens.verify(refreshToken!.reveal()))).toBe('not an access token');
  });
});

describe('a logout', () => {
  it('has a page at the server, without any token in its address', async () => {
    const url = new URL((await subject.client.logoutUrl('http://127.0.0.1:9/'))!);
    expect(url.origin).toBe(subject.server.url);
    expect([...url.searchParams.keys()]).toEqual(['client_id', 'post_logout_redirect_uri']);
  });
});
