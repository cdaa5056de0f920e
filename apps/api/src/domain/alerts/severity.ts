import { ALERT_SEVERITIES, type AlertSeverity } from '@steward/shared/alerts';

export interface SeverityRule {
  severity: AlertSeverity;
  tierSeverity: Readonly<Partial<Record<string, AlertSeverity>>>;
}

/** How severe an alert of the rule is on an account of this tier: the tier's own word, else the rule's. */
export function severityFor({ severity, tierSeverity }: SeverityRule, tier: string | null): AlertSeverity {
  const own = tier !== null && Object.hasOwn(tierSeverity, tier) ? tierSeverity[tier] : undefined;
  return own ?? severity;
}

export function isWorse(one: AlertSeverity, than: AlertSeverity): boolean {
  return ALERT_SEVERITIES.indexOf(one) > ALERT_SEVERITIES.indexOf(than);
}

/** Only these go to the owner's manager when nobody acknowledges them. */
export function escalates(severity: AlertSeverity): boolean {
  return severity === 'high' || severity === 'critical';
}
