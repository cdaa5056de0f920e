import type { AccountDetail } from '@steward/shared/accounts';
import { Link } from '@tanstack/react-router';
import { PlanSections } from '../../components/plan/plan-sections.js';
import { BandShape } from '../../components/ui/band.js';
import { fieldOf, humanize, useCatalogue } from '../../lib/catalogue.js';
import { ago, formatDay, formatInstant, isIsoDay } from '../../lib/days.js';
import { formatMoney, formatMoneyCompact, formatNumber, NONE } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { AccountDetails } from './account-details.js';
import pageClasses from './account-page.module.css';
import classes from './account-side.module.css';
import { OwnersSection } from './owners-section.js';
import { SegmentsSection } from './segments-section.js';

interface AccountSideProps {
  account: AccountDetail;
  asOf: string | undefined;
  editable: boolean;
}

/** What is known of the account beyond its health: fields, attributes, family, and how fresh its sources are. */
export function AccountSide({ account, asOf, editable }: AccountSideProps) {
  const { workspace } = useMe();
  const catalogue = useCatalogue();
  const attributes = Object.entries(account.attributes);

  return (
    <aside className={pageClasses.side} aria-label="About the account">
      <OwnersSection account={account} editable={editable} />
      {asOf === undefined ? <PlanSections accountId={account.id} editable={editable} /> : null}
      <AccountDetails account={account} editable={editable} />
      {attributes.length === 0 ? null : (
        <section aria-label="Attributes">
          <h2 className={classes.title}>Attributes</h2>
          <dl className={classes.list}>
            {attributes.map(([key, value]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>{fieldOf(catalogue, `attribute.${key}`)?.label ?? humanize(key)}</dt>
                <dd>{attributeText(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <SegmentsSection accountId={account.id} asOf={asOf} />
      <Family account={account} currency={workspace.currency} />
      {account.sources.length === 0 ? null : (
        <section aria-label="Sources">
          <h2 className={classes.title}>Sources</h2>
          <ul className={classes.plain}>
            {account.sources.map((each) => (
              <li key={each.key}>
                {each.label}
                <SourceAge source={each} asOf={asOf} timeZone={workspace.timeZone} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className={classes.dim} style={{ margin: 0 }} title={formatInstant(account.computedAt, workspace.timeZone)}>
        As of {formatDay(account.asOf)}
        {account.computedAt ? `, computed ${ago(account.computedAt, Date.now())}` : ''}
      </p>
    </aside>
  );
}

interface SourceAgeProps {
  source: AccountDetail['sources'][number];
  asOf: string | undefined;
  timeZone: string;
}

/** How old a source is; of an earlier day only whether it was silent, for its last delivery may have come since. */
function SourceAge({ source: { silent, lastReceivedAt }, asOf, timeZone }: SourceAgeProps) {
  const color = silent ? { color: 'var(--bad)' } : undefined;
  if (asOf !== undefined) {
    return (
      <span className={classes.right} style={color}>
        {silent ? 'silent' : 'not silent'}
      </span>
    );
  }
  return (
    <span className={classes.right} title={formatInstant(lastReceivedAt, timeZone)} style={color}>
      {silent ? 'silent, ' : ''}
      {lastReceivedAt ? ago(lastReceivedAt, Date.now()) : 'never'}
    </span>
  );
}

function Family({ account, currency }: { account: AccountDetail; currency: string }) {
  if (account.parent === null && account.children.length === 0) return null;
  const sum = account.children.reduce((total, child) => total + (child.arrMinor ?? 0), account.arrMinor ?? 0);
  return (
    <section aria-label="Family">
      <h2 className={classes.title}>Family</h2>
      <ul className={classes.plain}>
        {account.parent ? (
          <li>
            <Link to="/accounts/$accountId" params={{ accountId: account.parent.id }}>
              {account.parent.name}
            </Link>
            <span className={classes.right}>parent</span>
          </li>
        ) : null}
        {account.children.map((child) => (
          <li key={child.id}>
            {child.band ? <BandShape band={child.band} /> : null}
            <Link to="/accounts/$accountId" params={{ accountId: child.id }}>
              {child.name}
            </Link>
            <span className={classes.right} title={formatMoney(child.arrMinor, currency)}>
              {formatMoneyCompact(child.arrMinor, currency)}
            </span>
          </li>
        ))}
        {account.children.length > 0 ? (
          <li>
            <span className={classes.dim}>ARR with its children</span>
            <span className={classes.right}>{formatMoneyCompact(sum, currency)}</span>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function attributeText(value: unknown): string {
  if (value === null || value === undefined) return NONE;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return formatNumber(value, 4);
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  return isIsoDay(value) ? formatDay(value) : String(value);
}
