import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toDocument } from '../questions/document.ts';
import { upstreamCharizard } from '../questions/questions.ts';
import { nginxFile, prepareNginx } from '../servers/nginx-configuration.ts';
import type { Upstream } from '../servers/program.ts';
import { upstreamFor, type UpstreamManner } from './by-node.ts';

// What `nginx -V` tells: its version, and with what it was built.
const about = nginxFile === undefined ? '' : spawnSync(nginxFile, ['-V'], { encoding: 'utf8', timeout: 2_000 }).stderr;
const version = /nginx\/[\d.]+/.exec(about)?.[0];
const countsRequests = about.includes('http_stub_status_module');

// The same answers as those of programs/documents.ts: no other length, tag or date, and a whole document whatever is asked for.
const toDirectives = (file: string, port: number, cacheControl: string): string => `
  open_file_cache max=8 inactive=600s;
  open_file_cache_valid 600s;
  sendfile on;
  tcp_nopush on;
  server_tokens off;
  etag off;
  max_ranges 0;
  if_modified_since off;
  default_type "application/json; charset=utf-8";
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = ${upstreamCharizard.path} {
      alias "${file}";
      add_header Cache-Control "${cacheControl}";
      add_header ETag '"charizard"';
      add_header Last-Modified "";
    }
    location = /calls { stub_status; }
    location / { return 404; }
  }`;

/** The document of one Pokémon, Charizard, by nginx where it is installed, else by Node. It never takes its time. */
export const charizardUpstream = ({ cacheControl, answerBytes = 0 }: Omit<UpstreamManner, 'latencyMs'>): Upstream => {
  if (nginxFile === undefined || !countsRequests) return upstreamFor({ cacheControl, answerBytes });
  return {
    name: 'upstream',
    software: `${version ?? 'nginx'}, one worker`,
    command: [nginxFile],
    readyPath: '/calls',
    env: {},
    prepare: async ({ folder, port }) => {
      const file = join(folder, 'charizard.json');
      await writeFile(file, toDocument('charizard', answerBytes));
      return prepareNginx(folder, toDirectives(file, port, cacheControl));
    },
  };
};
