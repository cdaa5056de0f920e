import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { ClockModule } from '../clock.js';
import { AccessGuard } from './access.guard.js';
import { AccessCheck } from './access-check.js';
import { AuthRepository } from './auth.repository.js';
import { Authenticator } from './authenticator.js';
import { Turns } from './in-turn.interceptor.js';

/** Puts the guard before every route. Needs the database module beside it. */
@Global()
@Module({
  imports: [ClockModule, DiscoveryModule],
  providers: [AuthRepository, Authenticator, AccessCheck, Turns, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AuthRepository, Authenticator, ClockModule, Turns],
})
export class AuthModule {}
