import { join } from 'node:path';
import { gatewayPrefix, passedCharizard } from '../questions/questions.ts';
import { nginxFile, prepareNginx } from '../servers/nginx-configuration.ts';
import type { Place, Subject } from '../servers/program.ts';

interface Manner {
  /** Beside the server. */
  inHttp: (place: Place) => string;
  /** With which requests are passed on. */
  inLocation: string;
}

const toDirectives = (place: Place, { inHttp, inLocation }: Manner): string => `
  ${inHttp(place)}
  upstream measured {
    server ${new URL(place.upstreamOrigin).host};
    keepalive 1024;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${place.port};
    location ${gatewayPrefix}/ {
      proxy_pass http://measured/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      ${inLocation}
    }
  }`;

const toSubject = (manner: Manner): Subject => ({
  name: 'nginx',
  command: [nginxFile ?? 'nginx'],
  readyPath: passedCharizard.path,
  env: {},
  lacking: nginxFile === undefined ? 'nginx is not installed here' : undefined,
  prepare: (place) => prepareNginx(place.folder, toDirectives(place, manner)),
});

/** One worker of nginx that passes requests on and does nothing else; large answers never go through files. */
export const nginx = toSubject({ inHttp: () => '', inLocation: 'proxy_max_temp_file_size 0;' });

/** The same, and it keeps what the upstream allows to be kept. */
export const nginxCache = toSubject({
  inHttp: ({ folder }) =>
    `sendfile on; proxy_cache_path "${join(folder, 'cache')}" keys_zone=measured:1m use_temp_path=off;`,
  inLocation: 'proxy_cache measured;',
});
