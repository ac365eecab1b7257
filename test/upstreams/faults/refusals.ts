import type { Exchange } from './exchange.ts';
import { JSON_TYPE, type Fault, type Faults } from './fault.ts';

const RETRY_AFTER_SECONDS = 2;
const DEFAULT_FAILURES = 2;
const TEXT_TYPE = { 'Content-Type': 'text/plain; charset=utf-8' };

/** Clear answers that are no help: an error status, a plea to come back later, a redirect. */
export const refusals: Faults = {
  status: (exchange, context) => {
    const status = Number(exchange.request.path.split('/')[2]);
    if (!(status >= 200 && status <= 599)) return exchange.answer(400, TEXT_TYPE, 'Ask for /status/200 to /status/599');
    if (status < 300) context.perform();
    exchange.answer(status, TEXT_TYPE, describeCredentials(exchange));
  },
  'throttled-seconds': comeBackLater(429, () => String(RETRY_AFTER_SECONDS)),
  'throttled-date': comeBackLater(429, httpDateAhead),
  'unavailable-seconds': comeBackLater(503, () => String(RETRY_AFTER_SECONDS)),
  'unavailable-date': comeBackLater(503, httpDateAhead),
  flapping: (exchange, context) => {
    const failures = Number(exchange.request.query.get('fail') ?? DEFAULT_FAILURES);
    if (context.nthOnPath <= failures) exchange.answer(503, TEXT_TYPE, 'Down again');
    else exchange.answer(200, JSON_TYPE, context.perform().result);
  },
  redirect: (exchange, context) => exchange.answer(302, { Location: context.elsewhereUrl }),
};

/** Repeats every secret the request carried, so that a test can prove that none of it leaks further. */
function describeCredentials({ request }: Exchange): string {
  const { authorization, cookie, 'x-api-key': apiKey } = request.headers;
  const query = [...request.query].map(([name, value]) => `${name}=${value}`).join('&');
  return `You sent authorization ${authorization}, cookie ${cookie}, x-api-key ${apiKey}, query ${query}`;
}

function comeBackLater(status: number, retryAfter: () => string): Fault {
  return (exchange) => exchange.answer(status, { ...TEXT_TYPE, 'Retry-After': retryAfter() }, 'Come back later');
}

/** An HTTP-date has whole seconds, so this is one to two seconds ahead. */
function httpDateAhead(): string {
  return new Date(Date.now() + RETRY_AFTER_SECONDS * 1000).toUTCString();
}
