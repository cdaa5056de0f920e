import { Button } from '@mantine/core';
import type { ChangedAccount, DraftEffect, StudioProfile } from '@steward/shared/health-studio';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { BAND_WORDS, BandShape } from '../../../components/ui/band.js';
import { toastError } from '../../../components/ui/toast.js';
import { download } from '../../../lib/api.js';
import { formatMoney, formatMoneyCompact, formatNumber, formatScore, plural } from '../../../lib/format.js';
import { useMutation } from '../../../lib/mutation.js';
import parts from '../parts.module.css';
import classes from './effect.module.css';
import { moveWords } from './effect-words.js';
import { type BandMove, changedQuery } from './get-effect.js';

const FEW = 8;
const MANY = 100;

interface ChangedAccountsProps {
  effect: DraftEffect;
  profile: StudioProfile;
  move: BandMove | null;
  onAccount: (account: { id: string; name: string }) => void;
}

/** Who would change band, the largest ARR first. */
export function ChangedAccountList({ effect, profile, move, onAccount }: ChangedAccountsProps) {
  const [isWhole, setWhole] = useState(false);
  const some = useQuery({ ...changedQuery(profile, move, MANY), enabled: move !== null });
  const save = useMutation({
    mutationFn: () =>
      download('POST', '/health-studio/effect/export', 'changed-bands.csv', {
        body: { profile, from: move?.from ?? null, to: move?.to ?? null },
      }),
    onError: (error) => toastError('The file could not be saved', error),
  });
  const found = move === null ? effect.changed : some.data;
  if (found === undefined || found.total === 0) return null;
  const rows = isWhole ? found.rows : found.rows.slice(0, FEW);
  return (
    <>
      <div className={classes.listHead}>
        <span>
          {move === null ? 'Largest first' : moveWords(move.from, move.to)}: {plural(found.total, 'account')},{' '}
          {formatMoney(found.arrMinor, effect.currency)}
        </span>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconDownload size={13} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          CSV
        </Button>
      </div>
      <ul className={classes.changedList} aria-label="Accounts that would change band">
        {rows.map((row) => (
          <ChangedRow key={row.accountId} row={row} currency={effect.currency} onAccount={onAccount} />
        ))}
      </ul>
      {found.rows.length > FEW ? (
        <Button variant="default" size="compact-xs" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show ${formatNumber(found.rows.length - FEW)} more`}
        </Button>
      ) : null}
      {isWhole && found.total > found.rows.length ? (
        <p className={parts.dim}>
          The largest {formatNumber(found.rows.length)} of {formatNumber(found.total)}; the file has all of them.
        </p>
      ) : null}
    </>
  );
}

interface ChangedRowProps {
  row: ChangedAccount;
  currency: string;
  onAccount: ChangedAccountsProps['onAccount'];
}

function ChangedRow({ row: { accountId, name, arrMinor, before, after }, currency, onAccount }: ChangedRowProps) {
  return (
    <li>
      <Link to="/accounts/$accountId" params={{ accountId }} title={name}>
        {name}
      </Link>
      <span className="tabular" title={formatMoney(arrMinor, currency)}>
        {formatMoneyCompact(arrMinor, currency)}
      </span>
      <button
        type="button"
        className={classes.scores}
        title={`${BAND_WORDS[before.band]} by ${before.profile}, ${BAND_WORDS[after.band]} by ${after.profile}: show why`}
        aria-label={`${name}: from ${formatScore(before.score)}, ${BAND_WORDS[before.band]}, to ${formatScore(after.score)}, ${BAND_WORDS[after.band]}. Show why`}
        onClick={() => onAccount({ id: accountId, name })}
      >
        <BandShape band={before.band} />
        {formatScore(before.score)} → <BandShape band={after.band} />
        {formatScore(after.score)}
      </button>
    </li>
  );
}
