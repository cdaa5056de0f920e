import type { ProfileBody } from '@steward/shared/health';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BAND_ORDER, BAND_WORDS, BandShape } from '../../../components/ui/band.js';
import frame from '../../../components/ui/frame.module.css';
import { fieldOf, useCatalogue } from '../../../lib/catalogue.js';
import { formatInstant } from '../../../lib/days.js';
import {
  formatMoney,
  formatMoneyCompact,
  formatNumber,
  formatPercent,
  formatScore,
  plural,
} from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { sharesOf } from '../editor/shares.js';
import type { ProfileFigures } from '../get-figures.js';
import parts from '../parts.module.css';
import { useScopeWords } from '../profile-about.js';
import { connectedWords } from '../words.js';
import classes from './overview.module.css';
import { ProfileMenu } from './profile-menu.js';

interface ProfileCardProps {
  profile: ProfileEntry;
  place: number;
  /** Moves it by dragging and by keyboard. */
  handle: ReactNode;
  onMove: { earlier: (() => void) | null; later: (() => void) | null };
  /** Null: never published, or off and read by somebody who sees only what is published. */
  body: ProfileBody | null;
  figures: ProfileFigures | null;
  currency: string;
}

/** A profile in short: whom it scores, by what, and how they stand today. */
export function ProfileCard({ profile, place, handle, onMove, body, figures, currency }: ProfileCardProps) {
  const { permissions, workspace } = useMe();
  const scopeWords = useScopeWords();
  const mayWrite = permissions.includes('model:write');
  const { id, name, isDefault, active, published, draft } = profile;
  return (
    <section className={classes.card} aria-label={name}>
      <div className={classes.cardHead}>
        {handle}
        <span className={classes.place} aria-hidden>
          {place}
        </span>
        <h2 className={classes.cardTitle}>
          <Link to="/health/$profileId" params={{ profileId: id }}>
            {name}
          </Link>
        </h2>
        {isDefault ? <span className={frame.mark}>default</span> : null}
        {active ? null : <span className={frame.mark}>off</span>}
        {published === null ? <span className={frame.mark}>never published: it scores nobody</span> : null}
        {draft ? (
          <span className={frame.mark} data-draft>
            draft, saved {formatInstant(draft.savedAt, workspace.timeZone)}
            {draft.savedBy ? ` by ${draft.savedBy.name}` : ''}
          </span>
        ) : null}
        <span className={classes.cardEnd}>
          {published ? <span className={parts.dim}>version {published.version}</span> : null}
          {mayWrite ? <ProfileMenu profile={profile} onMove={onMove} /> : null}
        </span>
      </div>
      {body === null ? null : (
        <p className={parts.text}>
          <span className={parts.dim}>Scores </span>
          {scopeWords(body, isDefault)}
        </p>
      )}
      <div className={classes.cardBody}>
        {body === null ? null : <Shares body={body} figures={figures} />}
        {figures === null ? null : <Today figures={figures} currency={currency} />}
      </div>
    </section>
  );
}

/** Measures by their share, the largest first. */
function Shares({ body, figures }: { body: ProfileBody; figures: ProfileFigures | null }) {
  const catalogue = useCatalogue();
  const shares = sharesOf(body).measures;
  const measures = body.groups
    .flatMap((group) => group.measures.map(({ signal }) => ({ signal, share: shares.get(signal) ?? 0 })))
    .sort((a, b) => b.share - a.share);
  const label = (signal: string) => fieldOf(catalogue, signal)?.label ?? signal;
  const missing = figures?.notConnected ?? [];
  const { limits } = body;
  const caps = limits.filter(({ kind }) => kind === 'cap').length;
  return (
    <div>
      <ul className={classes.shares} aria-label="Measures by their share of the score">
        {measures.map(({ signal, share }) => (
          <li key={signal} data-missing={missing.includes(signal) || undefined}>
            <span>{label(signal)}</span>
            <span className={parts.shareTrack} aria-hidden>
              <span className={parts.shareFill} style={{ width: `${share}%` }} />
            </span>
            <span className="tabular">{formatPercent(share, 1)}</span>
          </li>
        ))}
      </ul>
      {figures === null ? null : (
        <p className={missing.length > 0 ? parts.text : parts.dim}>
          {connectedWords(figures.connectedMeasures, figures.countedMeasures)}
          {missing.length === 0 ? '' : `; left out for everyone: ${missing.map(label).join(', ')}`}
        </p>
      )}
      <p className={parts.dim}>
        {limits.length === 0
          ? 'No caps or floors'
          : [plural(caps, 'cap'), plural(limits.length - caps, 'floor')]
              .filter((each) => !each.startsWith('0 '))
              .join(', ')}
        {limits.length === 0
          ? ''
          : `: ${limits.map(({ at, reason }) => `${reason} (${formatNumber(at, 2)})`).join(', ')}`}
      </p>
    </div>
  );
}

/** How its accounts spread over bands and scores today. */
function Today({
  figures: { accounts, arrMinor, mean, bands, histogram },
  currency,
}: {
  figures: ProfileFigures;
  currency: string;
}) {
  const counts = new Map(bands.map((each) => [each.band, each]));
  const most = Math.max(1, ...histogram.map((step) => step.accounts));
  return (
    <div className={classes.today}>
      <p className={parts.text}>
        {accounts === 0 ? 'It scores no account today.' : plural(accounts, 'account')}
        {arrMinor === null ? null : (
          <span title={formatMoney(arrMinor, currency)}>, {formatMoneyCompact(arrMinor, currency)} ARR</span>
        )}
        {accounts === 0 ? '' : mean === null ? ', none with a score yet' : `, mean score ${formatScore(mean)}`}
      </p>
      <div className={classes.steps} aria-hidden>
        {histogram.map((step) => (
          <span
            key={step.from}
            title={`${step.from} to ${step.to}: ${plural(step.accounts, 'account')}`}
            style={{ height: `${Math.max(step.accounts === 0 ? 1 : 4, (step.accounts / most) * 100)}%` }}
            data-none={step.accounts === 0 || undefined}
          />
        ))}
      </div>
      <div className={classes.stepEnds} aria-hidden>
        <span>0</span>
        <span>50</span>
        <span>100</span>
      </div>
      <ul className={classes.bandCounts} aria-label="Accounts by band today">
        {BAND_ORDER.map((band) => {
          const each = counts.get(band);
          return (
            <li key={band} title={formatMoney(each?.arrMinor ?? null, currency)}>
              <BandShape band={band} />
              {BAND_WORDS[band]} <strong className="tabular">{formatNumber(each?.accounts ?? 0)}</strong>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
