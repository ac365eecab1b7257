import type { Answer } from './exchange.ts';
import { giveHints, giveProcessing } from './interim-answers.ts';
import * as plain from './plain-answers.ts';
import { breakOff, hang, hangAfterHead, resetConnection } from './stalling-answers.ts';
import { drip, giveBytes, giveEvents, giveTrailers } from './streaming-answers.ts';
import { refuseUpload, takeAfterContinue, takeSlowly, takeUpload } from './upload-answers.ts';
import { writeText } from './write-answer.ts';

/** Begins before the body was read, or never reads it. */
const AT_ONCE: Readonly<Record<string, Answer>> = {
  '/upload': takeUpload,
  '/upload/slow': takeSlowly,
  '/upload/continue': takeAfterContinue,
  '/upload/refuse': refuseUpload,
};

const AFTER_BODY: Readonly<Record<string, Answer>> = {
  '/echo': plain.echoRequest,
  '/headers': plain.giveHeaders,
  '/redirect': plain.redirect,
  '/cookies': plain.setCookies,
  '/gzip': plain.giveGzip,
  '/cache': plain.giveCacheable,
  '/drip': drip,
  '/sse': giveEvents,
  '/trailers': giveTrailers,
  '/hints': giveHints,
  '/processing': giveProcessing,
  '/hang': hang,
  '/head-then-hang': hangAfterHead,
  '/break': breakOff,
  '/reset': resetConnection,
  '/ws': ({ response }) => writeText(response, 426, 'a WebSocket', [['upgrade', 'websocket']]),
  '/raw-upgrade': ({ response }) => writeText(response, 426, 'an upgrade', [['upgrade', 'echo']]),
  '/refuse-upgrade': ({ response }) => writeText(response, 401, 'no upgrade for you', [['www-authenticate', 'Basic']]),
};

export const findAnswerBeforeBody = (path: string): Answer | undefined => AT_ONCE[path];

export function findAnswer(path: string): Answer {
  if (/^\/status\/[1-9]\d\d$/.test(path)) return plain.giveStatus;
  if (/^\/bytes\/\d+$/.test(path)) return giveBytes;
  // Whatever a path looks like after a gateway was at it, the test wants to see it.
  if (path === '/echo' || path.startsWith('/echo/')) return plain.echoRequest;
  return AFTER_BODY[path] ?? (({ response }) => writeText(response, 404, 'nothing here'));
}
