import { Injectable, Module, NotFoundException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { BackgroundOperation, type BackgroundAttempt } from '../../../src/outbound/index.ts';

export class Ship {
  @ApiProperty()
  @Matches(/^[a-z]{1,100000}$/, { message: 'must be lower-case letters' })
  name!: string;
}

/** Operations whose end the test decides. */
@Injectable()
export class Harbour {
  /** Ships that are being unloaded, each with what lets it go. */
  readonly unloading = new Map<string, () => void>();

  /** Takes until it is let go, or cancelled. */
  @BackgroundOperation({ name: 'harbour.unload', input: Ship, access: [], repeatable: 'always' })
  unload({ name }: Ship, { signal }: BackgroundAttempt): Promise<{ unloaded: string }> {
    return new Promise((resolve, reject) => {
      this.unloading.set(name, () => resolve({ unloaded: name }));
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }

  @BackgroundOperation({ name: 'harbour.greet', input: Ship, access: [], repeatable: 'always' })
  greet({ name }: Ship): Promise<{ greeted: string }> {
    return Promise.resolve({ greeted: name });
  }

  @BackgroundOperation({ name: 'harbour.sink', input: Ship, access: [], repeatable: 'always' })
  sink({ name }: Ship): Promise<never> {
    return Promise.reject(new NotFoundException(`There is no ship ${name}`));
  }

  @BackgroundOperation({ name: 'harbour.inspect', input: Ship, access: ['ci:read', 'harbour:admin'] })
  inspect(): Promise<object> {
    return Promise.resolve({});
  }

  @BackgroundOperation({ name: 'harbour.dredge', input: Ship, access: 'internal', repeatable: 'always' })
  dredge({ name }: Ship): Promise<{ dredged: string }> {
    return Promise.resolve({ dredged: name });
  }
}

@Module({ providers: [Harbour] })
export class HarbourModule {}
