import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TokenIssuer } from './token-issuer.ts';

/**
 * Finds the issuer of tokens when it is needed: it makes its calls through a provider itself. One for all providers, as
 * whoever looks through the whole application keeps an index of it.
 */
@Injectable()
export class IssuerLookup {
  constructor(private readonly modules: ModuleRef) {}

  /** @throws TypeError when there is none */
  find(): TokenIssuer {
    try {
      return this.modules.get<TokenIssuer>(TokenIssuer, { strict: false });
    } catch {
      throw new TypeError(
        'A provider presents client credentials, but nothing issues tokens: bind TokenIssuer in app.module.ts',
      );
    }
  }
}
