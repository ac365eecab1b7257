import type { Answer, Exchange } from './exchange.ts';
import { digestBody } from './read-body.ts';
import { writeJson, writeText } from './write-answer.ts';

const atOnce = (): Promise<void> => Promise.resolve();

const takeBody = async (exchange: Exchange, before: () => Promise<void>): Promise<void> => {
  const { response, arrival, expectsContinue } = exchange;
  const digest = await digestBody(exchange, before);
  writeJson(response, { ...digest, trailers: arrival.trailers, continued: expectsContinue });
};

/** `/upload`: what it was, once it is there. */
export const takeUpload: Answer = (exchange) => {
  if (exchange.expectsContinue) exchange.response.writeContinue();
  return takeBody(exchange, atOnce);
};

/** `/upload/slow`: reads as much as `allow` lets it. */
export const takeSlowly: Answer = (exchange) => {
  const { arrival, gates, expectsContinue, response } = exchange;
  if (expectsContinue) response.writeContinue();
  let counted = 0;
  return takeBody(exchange, async () => {
    gates.spend(arrival.bodyBytes - counted);
    counted = arrival.bodyBytes;
    await gates.allowed();
  });
};

/** `/upload/continue?held`: says 100 to whoever expects it, `held` only at `release`. */
export const takeAfterContinue: Answer = async (exchange) => {
  const { response, gates, query, expectsContinue } = exchange;
  if (query.has('held')) await gates.held();
  if (expectsContinue) response.writeContinue();
  await takeBody(exchange, atOnce);
};

/** `/upload/refuse?status=413`: reads nothing, says no 100, and closes the connection afterwards. */
export const refuseUpload: Answer = ({ request, response, query }) => {
  if (request.httpVersionMajor < 2) response.setHeader('connection', 'close');
  writeText(response, Number(query.get('status') ?? 413), 'refused');
};
