import type { ProfileBody } from '@steward/shared/health';
import { EVERY_ACCOUNT, type Rule } from '@steward/shared/rules';

/** All rules of the health stage, each asked once, and where each profile finds its own. */
export interface HealthRules {
  rules: readonly Rule[];
  /** Place of each profile's scope, in the order in which they are tried. */
  scopes: readonly number[];
  /** Places of each profile's caps and floors. */
  limits: readonly (readonly number[])[];
}

/** Profiles often share caps: a rule that stands in several is asked once. */
export function healthRules(profiles: readonly { body: Pick<ProfileBody, 'scope' | 'limits'> }[]): HealthRules {
  const rules: Rule[] = [];
  const places = new Map<string, number>();
  const placeOf = (rule: Rule): number => {
    const text = JSON.stringify(rule);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, rules.length);
    return rules.push(rule) - 1;
  };
  const scopes = profiles.map(({ body }) => placeOf(body.scope ?? EVERY_ACCOUNT));
  const limits = profiles.map(({ body }) => body.limits.map((limit) => placeOf(limit.rule)));
  return { rules, scopes, limits };
}
