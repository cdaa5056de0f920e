import { z } from 'zod';

/**
 * Live updates: what a page is told so that it asks again. Hints carry no data, only where to look. `model`: tiers, stages,
 * health profiles or signals were published or edited, or a draft of them was.
 */

const LIVE_TOPICS = ['accounts', 'alerts', 'goals', 'segments', 'notifications', 'model'] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/**
 * GET /api/v1/live answers server-sent events: `hint` with this as its data, `resync` (something may have been missed:
 * ask again for all that is shown) and `ended` (the session is over).
 */
export const liveHintSchema = z.object({
  topic: z.enum(LIVE_TOPICS),
  /** The accounts concerned, those only that the reader may see. Null: many, or those of no account. */
  ids: z.array(z.string()).nullable(),
  /** Rises with every hint of this connection. */
  version: z.number().int(),
});
export type LiveHint = z.infer<typeof liveHintSchema>;

/** GET /api/v1/live?resumed=1: of a page that was connected before; it is told at once to ask again. */
export const liveQuerySchema = z.strictObject({
  resumed: z
    .enum(['0', '1'])
    .default('0')
    .transform((value) => value === '1'),
});
