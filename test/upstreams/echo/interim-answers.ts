import type { Http2ServerResponse } from 'node:http2';
import type { Answer } from './exchange.ts';
import { writeText } from './write-answer.ts';

/** A 103 with `Link`, then the answer. */
export const giveHints: Answer = ({ response }) => {
  response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  writeText(response, 200, 'after the hints');
};

/** A 102, then the answer. */
export const giveProcessing: Answer = ({ request, response }) => {
  if (request.httpVersionMajor < 2) response.writeProcessing();
  else (response as unknown as Http2ServerResponse).stream.additionalHeaders({ ':status': 102 });
  writeText(response, 200, 'after the processing');
};
