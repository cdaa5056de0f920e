import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { type ChangePassword, changePasswordSchema, meSchema, type SignIn, signInSchema } from '@steward/shared/access';
import type { Request, Response } from 'express';
import { Access, Public } from '../../platform/auth/access.decorator.js';
import { CurrentPrincipal, CurrentUser } from '../../platform/auth/current-user.decorator.js';
import { rolesWith } from '../../platform/auth/permissions.js';
import type { CurrentUserData, Principal } from '../../platform/auth/principal.js';
import {
  hashOfToken,
  SESSION_COOKIE,
  sessionCookieOptions,
  sessionTokenOf,
} from '../../platform/auth/session-token.js';
import { Config } from '../../platform/config/config.js';
import { NotSignedIn } from '../../platform/errors/app-error.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { SessionsService } from './sessions.service.js';

@Controller('api/v1')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  @Post('auth/sign-in')
  @Public()
  @HttpCode(204)
  async signIn(
    @Body({ schema: signInSchema }) signIn: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const before = sessionTokenOf(request.get('cookie'));
    const visitor = {
      ip: request.ip ?? null,
      userAgent: request.get('user-agent') ?? null,
      sessionHash: before === null ? null : hashOfToken(before),
    };
    const token = await this.sessions.signIn(signIn, visitor);
    if (before !== null) await this.sessions.signOut(before);
    response.cookie(SESSION_COOKIE, token, this.cookieOptions(request));
  }

  /** Public, so that a browser whose session has ended already gets rid of its cookie all the same. */
  @Post('auth/sign-out')
  @Public()
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = sessionTokenOf(request.get('cookie'));
    if (token !== null) await this.sessions.signOut(token);
    const { maxAge: _, ...options } = this.cookieOptions(request);
    response.clearCookie(SESSION_COOKIE, options);
  }

  @Get('me')
  @Access({ roles: rolesWith('accounts:read') })
  @Answers(meSchema)
  me(@CurrentUser() user: CurrentUserData) {
    return this.sessions.me(user);
  }

  @Post('me/password')
  @Access({ roles: rolesWith('accounts:read') })
  @HttpCode(204)
  async changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: changePasswordSchema }) change: ChangePassword,
    @Req() request: Request,
  ): Promise<void> {
    if (principal.kind !== 'user') throw new NotSignedIn();
    await this.sessions.changePassword(principal.user, principal.sessionHash, change, request.ip ?? null);
  }

  private cookieOptions(request: Request) {
    return sessionCookieOptions(this.config.isSecure || request.secure);
  }
}
