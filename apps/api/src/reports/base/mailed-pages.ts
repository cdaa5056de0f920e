import type { OwnerRole } from '@steward/shared/portfolio';
import type { MailedTable } from '../../domain/reports/report-mail.js';
import type { Principal } from '../../platform/auth/principal.js';

export interface MailedFilters {
  tier: string[];
  segment: string | null;
}

/** Pages of managers as a mail shows them, in the scope of whoever gets it. The portfolio's module brings them. */
export abstract class MailedPages {
  abstract portfolio(reader: Principal, role: OwnerRole, filters: MailedFilters): Promise<MailedTable>;
  abstract renewals(reader: Principal, filters: MailedFilters): Promise<MailedTable>;
}
