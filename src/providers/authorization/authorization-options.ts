import { ValidateBy } from 'class-validator';
import { ProviderOptions } from '../../outbound/index.ts';
import { BaseUrl, OneOf, ScopeList, SecretText, Text, WholeNumber } from '../../platform/config/variables.ts';
import type { Secret } from '../../platform/secret.ts';
import { isOverheard } from './is-overheard.ts';

const MINUTE_MS = 60_000;

/** A combination that has to make sense; declared at the field whose variable the message is to name. */
const Agrees = (name: string, accepts: (options: AuthorizationOptions) => boolean, remedy: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (_value, args) => accepts(args!.object as AuthorizationOptions),
      defaultMessage: () => remedy,
    },
  });

const isHttps = (url = ''): boolean => url.startsWith('https:');

/** Which authorization server there is, who we are to it, and what tokens of it we take. */
export class AuthorizationOptions extends ProviderOptions {
  /** The issuer, exactly as the server names itself. None: nobody can log in, no token is taken, none can be had. */
  @BaseUrl('ISSUER')
  @Agrees('https', ({ baseUrl = '' }) => !isOverheard(baseUrl), 'use https:// unless the server is on this machine')
  declare baseUrl?: string;

  /** Origins of endpoints that are not at the issuer's. Keys that anybody on the way may change verify nothing. Default none. */
  @Agrees(
    'asSafe',
    ({ baseUrl, origins }) => !isHttps(baseUrl) || !origins.some(isOverheard),
    'use https:// as AUTH_ISSUER does, unless it is on this machine',
  )
  declare origins: string[];

  /** For whom access tokens to our own API must be. None: no token is taken. */
  @Text(/^[\x21-\x7e]{1,256}$/, 'give the identifier of this API at the server, such as https://api.example.com')
  @Agrees(
    'notTheClient',
    ({ audience, clientId, tokenType }) => tokenType === 'at+jwt' || audience !== clientId,
    'must differ from AUTH_CLIENT_ID with AUTH_TOKEN_TYPE=jwt: ID tokens would be taken for access tokens',
  )
  audience?: string;

  /** Who we are to the server. None: tokens are verified, but none are asked for, and nobody can log in. */
  @Text(/^[\x20-\x7e]{1,256}$/, 'give the client id that the server knows')
  @Agrees('withSecret', ({ clientSecret }) => clientSecret !== undefined, 'set AUTH_CLIENT_SECRET as well')
  clientId?: string;

  @SecretText(16)
  @Agrees('withClient', ({ clientId }) => clientId !== undefined, 'set AUTH_CLIENT_ID as well')
  clientSecret?: Secret;

  /** How the secret is sent (RFC 6749 §2.3.1). Default client_secret_basic. */
  @OneOf(['client_secret_basic', 'client_secret_post'])
  clientAuthentication: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic';

  /** What requests name the audience by: `resource` (RFC 8707), `audience`, or `none` for servers that refuse both. Default resource. */
  @OneOf(['resource', 'audience', 'none'])
  audienceParameter: 'resource' | 'audience' | 'none' = 'resource';

  /** What a login asks for. Default `openid profile offline_access`. */
  @ScopeList()
  @Agrees('openid', ({ scope }) => scope.split(' ').includes('openid'), 'include openid: logins need it')
  scope = 'openid profile offline_access';

  /** What JWT access tokens call themselves: `at+jwt` (RFC 9068); `jwt` takes those with `JWT` or nothing, too. Default at+jwt. */
  @OneOf(['at+jwt', 'jwt'])
  tokenType: 'at+jwt' | 'jwt' = 'at+jwt';

  /** By how much the server's clock may differ from ours, in ms. Default 5,000. */
  @WholeNumber(0, 5 * MINUTE_MS)
  clockToleranceMs = 5_000;
}
