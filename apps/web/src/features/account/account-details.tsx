import type { AccountDetail, UpdateAccount } from '@steward/shared/accounts';
import type { ReactNode } from 'react';
import { humanize } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { formatMoney, formatNumber, plural } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './account-side.module.css';
import { AccountTags } from './account-tags.js';
import { countProblem } from './count-problem.js';
import { useEditAccount } from './edit-account.js';
import { InlineEdit } from './inline-edit.js';

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region' });

/** CA → Canada; what is no code of two letters stays as it was told. */
function countryName(country: string | null): string | null {
  return country !== null && /^[A-Z]{2}$/.test(country) ? (COUNTRIES.of(country) ?? country) : country;
}

type TextField = 'domain' | 'industry' | 'size' | 'country' | 'region' | 'plan';

interface AccountDetailsProps {
  account: AccountDetail;
  editable: boolean;
}

/** What is known of the account itself. What people keep is edited in its place, and named even where nothing is known. */
export function AccountDetails({ account, editable }: AccountDetailsProps) {
  const { workspace } = useMe();
  const source = (field: string) => {
    const known = account.fieldSources[field];
    return known ? `From ${known.source}, since ${formatDay(known.fromDay)}` : undefined;
  };
  const own = { account, editable, source };
  const tags = editable ? (
    <AccountTags account={account} source={source('tags')} />
  ) : account.tags.length === 0 ? null : (
    account.tags.join(', ')
  );
  const day = (value: string | null) => (value === null ? null : formatDay(value));
  const fields: [label: string, field: string, value: ReactNode][] = [
    ['Id', 'externalId', account.externalId],
    ['Status', 'status', humanize(account.status)],
    ['Domain', 'domain', textOf({ ...own, field: 'domain', label: 'domain' })],
    ['Industry', 'industry', textOf({ ...own, field: 'industry', label: 'industry' })],
    ['Size', 'size', textOf({ ...own, field: 'size', label: 'size' })],
    ['Employees', 'employees', employeesOf(own)],
    ['Country', 'country', textOf({ ...own, field: 'country', label: 'country', shown: countryName(account.country) })],
    ['Region', 'region', textOf({ ...own, field: 'region', label: 'region' })],
    ['Plan', 'plan', textOf({ ...own, field: 'plan', label: 'plan' })],
    ['MRR', 'mrr', account.mrrMinor === null ? null : formatMoney(account.mrrMinor, workspace.currency)],
    ['Customer since', 'customerSince', day(account.customerSince)],
    ['Notice period', 'noticePeriodDays', account.noticeDays === null ? null : plural(account.noticeDays, 'day')],
    ['Notice given', 'noticeGivenOn', day(account.noticeGivenOn)],
    ['Leaves on', 'leavesOn', day(account.leavesOn)],
    ['Churned on', 'churnedOn', day(account.churnedOn)],
    ['Churn reason', 'churnReason', account.churnReason],
    ['Time zone', 'timeZone', account.timeZone],
    ['Tags', 'tags', tags],
  ];
  return (
    <section aria-label="Details">
      <h2 className={classes.title}>Details</h2>
      <dl className={classes.list}>
        {fields
          .filter(([, , value]) => value !== null)
          .map(([label, field, value]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd title={source(field)}>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

interface OwnProps extends AccountDetailsProps {
  source: (field: string) => string | undefined;
}

function textOf(props: OwnProps & { field: TextField; label: string; shown?: string | null }): ReactNode {
  const { account, editable, field } = props;
  return editable || account[field] !== null ? <TextDetail {...props} /> : null;
}

function TextDetail(props: OwnProps & { field: TextField; label: string; shown?: string | null }) {
  const { account, editable, source, field, label, shown = account[field] } = props;
  const edit = useEditAccount(account.id);
  const before = account[field];
  const set = (value: string | null): Omit<UpdateAccount, 'revision'> => ({ [field]: value });
  return (
    <InlineEdit
      label={label}
      kind="text"
      editable={editable}
      text={before ?? ''}
      shown={shown ?? NOT_SET}
      source={source(field) ?? null}
      problemOf={(text) => (text.trim().length > LONGEST ? `At most ${LONGEST} characters` : null)}
      onSave={(text) => {
        const value = text.trim() === '' ? null : text.trim();
        if (value !== before)
          edit.mutate({ change: set(value), before: set(before), said: `${humanize(label)} changed` });
      }}
    />
  );
}

const LONGEST = 500;
const NOT_SET = <span className={classes.dim}>not set</span>;

function employeesOf(props: OwnProps): ReactNode {
  return props.editable || props.account.employees !== null ? <EmployeesDetail {...props} /> : null;
}

function EmployeesDetail({ account: { id, employees }, editable, source }: OwnProps) {
  const edit = useEditAccount(id);
  return (
    <InlineEdit
      label="employees"
      kind="number"
      editable={editable}
      text={employees === null ? '' : String(employees)}
      shown={employees === null ? NOT_SET : formatNumber(employees)}
      source={source('employees') ?? null}
      problemOf={countProblem}
      onSave={(text) =>
        edit.mutate({
          change: { employees: text === '' ? null : Number(text) },
          before: { employees },
          said: 'Employees changed',
        })
      }
    />
  );
}
