import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Module,
  NotFoundException,
  Post,
  StreamableFile,
  type DynamicModule,
} from '@nestjs/common';
import { Public } from '../../../src/inbound/authentication/access.ts';
import type { SourceFreshness } from '../../../src/platform/context/answer-freshness.ts';
import { currentContext } from '../../../src/platform/context/request-context.ts';

/** An upstream's answer that is new, and fresh for a minute, when nothing else is said. */
export const source = (parts: Partial<SourceFreshness> = {}): SourceFreshness => ({
  cacheStatus: 'pokeapi; hit',
  storable: true,
  isPrivate: false,
  ageMs: 0,
  lifetimeMs: 60_000,
  browserLifetimeMs: parts.lifetimeMs ?? 60_000,
  staleWhileRevalidateMs: 0,
  staleIfErrorMs: 0,
  ...parts,
});

/** Long enough for compression to pay. */
const LONG = Array.from({ length: 200 }, (_, page) => ({ page, text: 'It was very nice here' }));

/** `/api/v1/sourced/…`: answers of all kinds, made of whatever `sources` gives at the time. */
export const sourced = (sources: () => readonly SourceFreshness[]): DynamicModule => {
  const answer = <T>(value: T): T => {
    for (const each of sources()) currentContext()!.freshness.add(each);
    return value;
  };

  @Public()
  @Controller({ path: 'sourced', version: '1' })
  class SourcedController {
    @Get('small')
    getSmall(): object {
      return answer({ name: 'charizard' });
    }

    @Get('long')
    getLong(): object {
      return answer(LONG);
    }

    @Get('bytes')
    @Header('content-type', 'application/octet-stream')
    getBytes(): Buffer {
      return answer(Buffer.from('charizard'));
    }

    @Get('stream')
    getStream(): StreamableFile {
      return answer(new StreamableFile(Readable.from(['chari', 'zard'])));
    }

    @Get('nothing')
    @HttpCode(204)
    getNothing(): void {
      answer(undefined);
    }

    @Get('missing')
    getMissing(): never {
      throw answer(new NotFoundException('There is none'));
    }

    @Get('withdrawn')
    @HttpCode(410)
    getWithdrawn(): object {
      return answer({ name: 'charizard' });
    }

    @Get('opinionated')
    @Header('cache-control', 'public, max-age=5')
    @Header('etag', '"v1"')
    getOpinionated(): object {
      return answer(LONG);
    }

    @Get('weakly-tagged')
    @Header('etag', 'W/"v1"')
    getWeaklyTagged(): object {
      return answer(LONG);
    }

    @Get('compressed')
    @Header('content-encoding', 'gzip')
    @Header('etag', '"theirs"')
    getCompressed(): Buffer {
      return answer(gzipSync('charizard'));
    }

    @Post('small')
    @HttpCode(200)
    postSmall(): object {
      return answer({ name: 'charizard' });
    }
  }

  return { module: SourcedModule, controllers: [SourcedController] };
};

@Module({})
class SourcedModule {}
