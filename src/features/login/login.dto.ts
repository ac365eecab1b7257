import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ReturnPath } from './return-path.ts';

export class LoginQuery {
  @ApiPropertyOptional({
    description: 'Where to go afterwards: a path on this site.',
    maxLength: 512,
    default: '/',
    example: '/account',
  })
  @ReturnPath()
  returnTo: string = '/';
}

export class SessionState {
  @ApiProperty({ example: true })
  isLoggedIn!: boolean;

  @ApiPropertyOptional({ description: 'Who it is, to the authorization server.', example: 'user-1' })
  subject?: string;

  @ApiPropertyOptional({
    description: 'To greet them with, when the authorization server says.',
    example: 'Ada Lovelace',
  })
  name?: string;

  @ApiPropertyOptional({ description: 'What the session allows.', type: [String], example: ['pokemon:read'] })
  scopes?: readonly string[];

  @ApiPropertyOptional({ description: 'When it ends, however much it is used.', format: 'date-time' })
  expiresAt?: string;

  @ApiPropertyOptional({ description: 'When it ends if nobody uses it.', format: 'date-time' })
  idleExpiresAt?: string;
}

export class LoggedOut {
  @ApiPropertyOptional({
    description: 'Visit it to log out at the authorization server as well; absent when it has no such page.',
    example: 'https://login.example.com/session/end',
  })
  logoutUrl?: string;
}
