import { it } from '@jest/globals';
import { converse } from '../../support/raw-conversation.ts';
import { head, startRawGateway } from '../../support/raw-gateway.ts';
it('x', async () => {
  const raw = await startRawGateway();
  for (const f of ['Upgrade: websocket', 'Upgrade: h2c']) {
    const c = await converse(raw.gateway.url);
    c.say(
      head('GET /gateway/open/echo', 'Content-Length: 4', 'Connection: upgrade', f) +
        'GET ' +
        head('GET /gateway/closed/echo/second', 'Connection: close'),
    );
    await new Promise((r) => setTimeout(r, 1000));
    console.log(
      c.heard(),
      c.hasClosed(),
      raw.echo.requests.map((r) => [r.url, r.body.toString()]),
      raw.gateway.logLines.slice(-2),
    );
    c.hangUp();
  }
  await raw.close();
});
