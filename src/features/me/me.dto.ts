import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class Me {
  @ApiProperty({ description: 'The user; for a service that acts for itself, its client id.', example: 'ada' })
  subject!: string;

  @ApiProperty({ description: 'The authorization server that says so.', example: 'https://login.example.com' })
  issuer!: string;

  @ApiPropertyOptional({ description: 'The application that acts for the user.', example: 'web' })
  clientId?: string;

  @ApiProperty({ type: [String], description: 'Whom the credential is meant for.', example: ['breakwater'] })
  audience!: readonly string[];

  @ApiProperty({ type: [String], example: ['ci:read'] })
  scopes!: readonly string[];

  @ApiProperty({ description: 'When the credential ends.', example: '2026-01-01T00:00:00.000Z' })
  expiresAt!: string;
}
