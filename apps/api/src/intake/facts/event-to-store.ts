/** An event whose account, contact and feature are known by their ids. */
export interface EventToStore {
  accountId: string;
  /** Milliseconds since 1970. */
  instant: number;
  messageId: string;
  contactId: string | null;
  name: string;
  featureId: number | null;
  count: number;
  properties: Record<string, unknown>;
  receivedAt: Date;
}

/** JSON has no line breaks of its own; an empty text where there is nothing to keep. */
export function propertiesLine(properties: Record<string, unknown>): string {
  for (const _ in properties) return JSON.stringify(properties);
  return '';
}
