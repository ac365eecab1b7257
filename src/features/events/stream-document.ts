import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';

const DESCRIPTION = `Server-Sent Events, for as long as the connection lasts. \`articles\` is for everybody; other topics are
for users, each with scopes of its own, and of some each hears its own events only.

A comment comes at least every 15 s. Who comes back with \`Last-Event-ID\` is told what it missed, of the last 1,000 events
and 1 MiB. Beside those of the topic there are

- \`reset\`: what was missed is not known any more, in whole or in part: read anew what the topic is about, and listen on;
- \`dropped\`: the stream ends, as what it tells is read too slowly;
- \`expired\`: the stream ends with the credential: come back with a new one.`;

const EXAMPLE = 'retry: 2718\n: listening\n\nid: 1767225600000-0\nevent: article.changed\ndata: {"slug":"tides"}\n\n';

/** What OpenAPI has to say of an answer that does not end. */
export const DocumentsStream = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary: 'What happens, as it happens', description: DESCRIPTION }),
    ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last event that you know of' }),
    ApiOkResponse({
      description: 'A stream of events',
      content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
    }),
  );
