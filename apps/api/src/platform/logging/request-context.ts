import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of a request or a job carries. */
export interface RequestContext {
  requestId: string;
  userId?: string;
  job?: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function inContext<Result>(context: RequestContext, work: () => Result): Result {
  return storage.run(context, work);
}

export function currentContext(): RequestContext | null {
  return storage.getStore() ?? null;
}

/** Adds who is asking, once it is known. */
export function rememberUser(userId: string): void {
  const context = storage.getStore();
  if (context) context.userId = userId;
}
