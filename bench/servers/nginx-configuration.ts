import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCommand } from './find-command.ts';
import type { Preparation } from './program.ts';

/** Undefined where it is not installed. */
export const nginxFile = findCommand('nginx');

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

// One worker that keeps its connections for the whole run, as those of the other subjects are, and says so. Started by root, the worker
// would become another user, who may not enter the folder.
const toConfiguration = (folder: string, inHttp: string): string => `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 1;
worker_rlimit_nofile 8192;
pid "${join(folder, 'nginx.pid')}";
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path "${join(folder, name)}";`).join('\n  ')}
  keepalive_timeout 600s 600s;
  keepalive_requests 1000000000;
  ${inHttp}
}
`;

/** Writes what nginx reads at its start; `inHttp` are the directives of this server alone. */
export const prepareNginx = async (folder: string, inHttp: string): Promise<Preparation> => {
  const configuration = join(folder, 'nginx.conf');
  await writeFile(configuration, toConfiguration(folder, inHttp));
  return { args: ['-p', folder, '-c', configuration, '-e', 'stderr'] };
};
