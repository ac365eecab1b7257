import { join } from 'node:path';
import { Controller, Get, Header, NotFoundException, Param, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../inbound/authentication/access.ts';
import { readPageFiles, type PageFile } from '../../inbound/pages/page-files.ts';
import { strictPolicy } from '../../inbound/pages/strict-policy.ts';

const CONTENT_SECURITY_POLICY = strictPolicy({ 'worker-src': "'self'", 'trusted-types': 'live' });

const FOLDERS = ['page', 'service-worker'].map((name) => join(import.meta.dirname, name));

const REVALIDATE = ['cache-control', 'no-cache'] as const;

/** The page at `/live`: what goes on, as it happens. */
@Public()
@ApiExcludeController()
@Controller({ path: 'live', version: VERSION_NEUTRAL })
export class LiveController {
  #files: ReadonlyMap<string, PageFile> | undefined;

  @Get()
  @Header(...REVALIDATE)
  getPage(@Res({ passthrough: true }) reply: FastifyReply): string {
    return this.send('live.html', reply);
  }

  /** What a browser that keeps the page has to keep. */
  @Get('files.json')
  @Header(...REVALIDATE)
  listFiles(): string[] {
    return ['/live', ...[...this.files.keys()].map((name) => `/live/${name}`)];
  }

  @Get(':file')
  @Header(...REVALIDATE)
  getFile(@Param('file') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.send(name, reply);
  }

  /** Small, and read once: at the first visit. */
  private get files(): ReadonlyMap<string, PageFile> {
    return (this.#files ??= readPageFiles(FOLDERS));
  }

  private send(name: string, reply: FastifyReply): string {
    const file = this.files.get(name);
    if (file === undefined) throw new NotFoundException(`There is no file "${name}" here`);
    reply.type(file.type).header('content-security-policy', CONTENT_SECURITY_POLICY);
    // The page itself lies beside its folder, not in it.
    if (name === 'service-worker.js') reply.header('service-worker-allowed', '/live');
    return file.text;
  }
}
