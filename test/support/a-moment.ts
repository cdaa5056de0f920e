import { setTimeout } from 'node:timers/promises';

/** Between two questions about another process: asked without a pause, they take the core that it needs. */
export const aMoment = (): Promise<void> => setTimeout(5);
