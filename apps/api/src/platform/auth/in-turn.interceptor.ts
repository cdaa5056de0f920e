import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { TooManyRequests } from '../errors/app-error.js';
import { Gates } from '../gate.js';
import { type AuthenticatedRequest, askerOf } from './principal.js';

/** Of one person or key: fewer at a time than there are connections, which are for all who ask. */
const HEAVY = {
  atATime: 3,
  waitingAtMost: 40,
  refusal: () =>
    new TooManyRequests('TOO_MANY_QUESTIONS', 'You ask more at once than can be answered. Wait for the answers.', 2),
};

/** The turns of all routes that look at many accounts, together. */
@Injectable()
export class Turns {
  private readonly gates = new Gates(HEAVY);

  pass<Result>(asker: string, work: () => Promise<Result>): Promise<Result> {
    return this.gates.pass(asker, work);
  }
}

/** For routes that look at many accounts: answers so many of one person's requests at a time, the others in their turn. */
@Injectable()
export class InTurn implements NestInterceptor {
  constructor(private readonly turns: Turns) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!principal) return next.handle();
    return from(this.turns.pass(askerOf(principal), () => lastValueFrom(next.handle(), { defaultValue: undefined })));
  }
}
