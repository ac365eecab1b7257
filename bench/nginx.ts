import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand } from './find-command.ts';
import { gatewayPrefix, passedCharizard } from './questions.ts';
import type { Place, Subject } from './subjects.ts';

const file = findCommand('nginx');
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

// Connections last for the whole run, to both sides, as those of the other subjects do. Started by root, the worker would
// become another user, who may not enter the folder.
const toConfiguration = ({ folder, port, upstreamOrigin }: Place): string => `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid "${join(folder, 'nginx.pid')}";
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path "${join(folder, name)}";`).join('\n  ')}
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  upstream measured {
    server ${new URL(upstreamOrigin).host};
    keepalive 64;
    keepalive_timeout 600s;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    location ${gatewayPrefix}/ {
      proxy_pass http://measured/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;

/** One worker of nginx that passes requests on and does nothing else. */
export const nginx: Subject = {
  name: 'nginx',
  command: [file ?? 'nginx'],
  readyPath: passedCharizard.path,
  env: {},
  lacking: file === undefined ? 'nginx is not installed here' : undefined,
  prepare: async (place) => {
    const configuration = join(place.folder, 'nginx.conf');
    await writeFile(configuration, toConfiguration(place));
    return { args: ['-p', place.folder, '-c', configuration, '-e', 'stderr'] };
  },
};
