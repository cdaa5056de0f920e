import { Button, Skeleton } from '@mantine/core';
import type { Band } from '@steward/shared/common';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { moved, OrderedList } from '../../../components/model-version/ordered-list.js';
import { rulesText } from '../../../components/rule-builder/rule-text.js';
import { LIVE_ACCOUNTS } from '../../../components/rule-builder/starting-rule.js';
import { BAND_ORDER, BAND_WORDS, BandShape } from '../../../components/ui/band.js';
import { LoadFailed } from '../../../components/ui/load-failed.js';
import { toastError } from '../../../components/ui/toast.js';
import { undoToast } from '../../../components/ui/undo-toast.js';
import { errorText } from '../../../lib/api.js';
import { formatDay } from '../../../lib/days.js';
import { formatMoney, formatNumber, plural } from '../../../lib/format.js';
import { healthProfilesQuery } from '../../../lib/health-profiles.js';
import { useMe } from '../../../lib/me.js';
import { useOrderProfiles } from '../change-profiles.js';
import { overviewQuery } from '../get-figures.js';
import { profilesQuery } from '../get-profiles.js';
import parts from '../parts.module.css';
import classes from './overview.module.css';
import { ProfileCard } from './profile-card.js';

/** Profiles in the order in which they are tried, and how accounts stand by them today. */
export function ProfilesPage() {
  const profiles = useQuery(profilesQuery);
  const bodies = useQuery(healthProfilesQuery).data?.profiles ?? [];
  const overview = useQuery(overviewQuery);
  const mayWrite = useMe().permissions.includes('model:write');
  const order = useOrderProfiles();
  if (profiles.error) {
    return <LoadFailed title="Health profiles could not be loaded" error={profiles.error} onRetry={profiles.refetch} />;
  }
  if (!profiles.data) return <Skeleton h={420} mt="lg" />;
  const ids = profiles.data.filter(({ isDefault }) => !isDefault).map(({ id }) => id);
  const move = (from: number, to: number) =>
    order.mutate(moved(ids, from, to), {
      onSuccess: () => undoToast('The order is changed', () => order.mutate(ids)),
      onError: (error) => toastError('The order was not changed', error),
    });
  const currency = overview.data?.currency ?? 'USD';
  return (
    <>
      <p className={parts.lead}>
        Each account is scored by the first profile whose condition it meets.{' '}
        {mayWrite
          ? 'What you change is a draft until you publish it.'
          : 'Admins change and publish them; you may read all of it.'}
      </p>
      {overview.error ? (
        <p className={parts.note} role="alert">
          How accounts stand today could not be loaded: {errorText(overview.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={() => void overview.refetch()}>
            Try again
          </Button>
        </p>
      ) : null}
      {overview.data ? <Standing {...overview.data} /> : overview.error ? null : <Skeleton h={34} mb="sm" />}
      <OrderedList
        label="Health profiles, in the order in which they are tried"
        items={profiles.data}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        fixedAtEnd={1}
        onMove={mayWrite ? move : null}
      >
        {(profile, index, handle) => (
          <ProfileCard
            profile={profile}
            place={index + 1}
            handle={handle}
            onMove={{
              earlier: index === 0 ? null : () => move(index, index - 1),
              later: index >= profiles.data.length - 2 ? null : () => move(index, index + 1),
            }}
            body={bodies.find(({ id }) => id === profile.id)?.body ?? null}
            figures={overview.data?.profiles.find(({ profileId }) => profileId === profile.id) ?? null}
            currency={currency}
          />
        )}
      </OrderedList>
    </>
  );
}

interface StandingProps {
  asOf: string;
  currency: string;
  accounts: number;
  profiles: readonly { bands: readonly { band: Band; accounts: number; arrMinor: number | null }[] }[];
}

/** All live accounts by band, each with the way to them. */
function Standing({ asOf, currency, accounts, profiles }: StandingProps) {
  if (accounts === 0) {
    return (
      <p className={parts.note}>
        There are no live accounts yet, so nothing is scored. Import accounts, or load the sample company, and come
        back.
      </p>
    );
  }
  const live = LIVE_ACCOUNTS.kind === 'all' ? LIVE_ACCOUNTS.rules : [];
  return (
    <ul className={classes.standing} aria-label={`${plural(accounts, 'live account')} by band, ${formatDay(asOf)}`}>
      {BAND_ORDER.map((band) => {
        const found = profiles.flatMap(({ bands }) => bands.filter((each) => each.band === band));
        const count = found.reduce((sum, each) => sum + each.accounts, 0);
        const arrMinor = found.reduce((sum, each) => sum + (each.arrMinor ?? 0), 0);
        return (
          <li key={band}>
            <Link
              to="/accounts"
              search={{ band, more: rulesText(live) }}
              title={`${formatMoney(arrMinor, currency)} ARR`}
            >
              <BandShape band={band} />
              <strong className="tabular">{formatNumber(count)}</strong> {BAND_WORDS[band].toLowerCase()}
            </Link>
          </li>
        );
      })}
      <li className={parts.dim}>
        of {plural(accounts, 'live account')}, {formatDay(asOf)}
      </li>
    </ul>
  );
}
