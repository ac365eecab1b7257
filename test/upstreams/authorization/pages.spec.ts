import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { describeWithChromium, startChromium } from '../../support/chromium.ts';
import { startAuthorization, type AuthorizationStandIn } from '../authorization.stand-in.ts';
import { listenLocally, type Listening } from '../stand-in.ts';
import { beginLogin } from './raw-requests.ts';

const TIMEOUT_MS = 90_000;

describeWithChromium('the pages of the authorization stand-in, in a browser', () => {
  let server: AuthorizationStandIn;
  let application: Listening;
  let origin: string;
  let browser: Browser;

  beforeEach(async () => {
    application = await listenLocally(createServer((_request, response) => void response.end('the application')));
    origin = `http://127.0.0.1:${application.port}`;
    server = await startAuthorization({ redirectUris: [`${origin}/callback`] });
    server.allowRedirect(`${origin}/bye`, 'logout');
    browser = await startChromium();
  }, TIMEOUT_MS);
  afterEach(async () => {
    await browser.close();
    await Promise.all([server.close(), application.close()]);
  });

  const begin = (page: Page) => page.goto(beginLogin(server, `${origin}/callback`).authorizationUrl);

  it(
    'log a user in, remember them, and log them out',
    async () => {
      const page = await browser.newPage();
      await begin(page);
      await page.getByLabel('Login').fill(server.user.login);
      await page.getByLabel('Password').fill(server.user.password);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.waitForURL(`${origin}/callback?code=**`);
      await begin(page);
      expect(page.url()).toContain(`${origin}/callback?code=`);
      const bye = new URLSearchParams({ client_id: server.clientId, post_logout_redirect_uri: `${origin}/bye` });
      await page.goto(`${server.url}/session/end?${bye}`);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.waitForURL(`${origin}/bye`);
      await begin(page);
      expect(await page.getByLabel('Password').count()).toBe(1);
    },
    TIMEOUT_MS,
  );
});
