import type { EmailChoice } from '@steward/shared/notifications';

const EMAIL_LABELS: Record<EmailChoice, string> = { off: 'No', now: 'At once', digest: 'Once a day' };

export const EMAIL_OPTIONS = Object.entries(EMAIL_LABELS).map(([value, label]) => ({ value, label }));
