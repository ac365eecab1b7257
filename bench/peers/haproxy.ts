import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gatewayPrefix, passedCharizard } from '../questions/questions.ts';
import { findCommand } from '../servers/find-command.ts';
import type { Place, Subject } from '../servers/program.ts';

const file = findCommand('haproxy');

// Connections last for the whole run, to both sides, as those of the other subjects do.
const toConfiguration = ({ port, upstreamOrigin }: Place): string => `
global
  nbthread 1
  maxconn 4096
defaults
  mode http
  timeout connect 5s
  timeout client 600s
  timeout server 600s
  timeout http-keep-alive 600s
frontend entrance
  bind 127.0.0.1:${port}
  http-request set-path %[path,regsub(^${gatewayPrefix},)]
  default_backend measured
backend measured
  http-reuse always
  server upstream ${new URL(upstreamOrigin).host} pool-purge-delay 600s
`;

/** One thread of HAProxy that passes requests on and does nothing else. */
export const haproxy: Subject = {
  name: 'haproxy',
  command: [file ?? 'haproxy'],
  readyPath: passedCharizard.path,
  env: {},
  lacking: file === undefined ? 'haproxy is not installed here' : undefined,
  prepare: async (place) => {
    const configuration = join(place.folder, 'haproxy.cfg');
    await writeFile(configuration, toConfiguration(place));
    // In the foreground.
    return { args: ['-db', '-f', configuration] };
  },
};
