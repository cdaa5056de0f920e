import { Button, Progress, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { AccountPicker, type PickedAccount } from '../../../components/touch/account-picker.js';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { formatDay } from '../../../lib/days.js';
import { plural } from '../../../lib/format.js';
import parts from '../parts.module.css';
import { AccountEffectTable } from './account-effect.js';
import { BandMatrix } from './band-matrix.js';
import { ChangedAccountList } from './changed-accounts.js';
import classes from './effect.module.css';
import { effectWords, meanWords } from './effect-words.js';
import type { BandMove, EffectState } from './get-effect.js';
import { EffectHistogram } from './score-histogram.js';

interface EffectPanelProps {
  state: EffectState;
  account: PickedAccount | null;
  onAccount: (account: PickedAccount | null) => void;
  /** Something is missing or wrong, so that it cannot be tried. */
  isUnfinished: boolean;
}

/** What the draft would change today, beside where it is written. */
export function EffectPanel({ state, account, onAccount, isUnfinished }: EffectPanelProps) {
  const { effect, profile, isStale, isAsking, failure, retry } = state;
  const [move, setMove] = useState<BandMove | null>(null);
  // That nobody changes band is what the panel begins with.
  const remarks = (effect?.remarks ?? []).filter((remark) => !/^No account changes band/.test(remark));
  // A change that does not happen any more is not asked about.
  const shown = effect?.moves.some((each) => each.from === move?.from && each.to === move.to) ? move : null;
  return (
    <div>
      <div className={classes.effectHead}>
        <h2>What it would change today</h2>
        <span className={parts.dim}>{effect ? `as of ${formatDay(effect.asOf)}` : null}</span>
      </div>
      <div className={classes.asking}>
        {isAsking ? <Progress value={100} size={2} animated aria-label="Computing" /> : null}
      </div>
      {isUnfinished ? (
        <p className={parts.note}>
          It is tried as soon as what is marked is filled in{effect ? '; below is how it stood before' : ''}.
        </p>
      ) : null}
      {failure ? (
        <p className={parts.note} role="alert">
          {errorText(failure)}{' '}
          <Button variant="default" size="compact-xs" onClick={retry}>
            Try again
          </Button>
        </p>
      ) : null}
      {effect === null || profile === null ? (
        failure || isUnfinished ? null : (
          <Skeleton h={320} mt="sm" />
        )
      ) : (
        <div className={classes.effectBody} data-stale={isStale || undefined}>
          <p className={classes.effectLead} role="status">
            {effectWords(effect)}
          </p>
          <p className={parts.dim}>
            It would score {plural(effect.scoredByDraft, 'account')}
            {effect.changedProfile === 0
              ? ''
              : `, ${plural(effect.changedProfile, 'account')} of all would be scored by another profile`}
            .
          </p>
          {remarks.length === 0 ? null : (
            <ul className={classes.remarks} aria-label="To be known">
              {remarks.map((remark) => (
                <li key={remark}>{remark}</li>
              ))}
            </ul>
          )}
          <EffectHistogram effect={effect} summary={meanWords(effect)} />
          <Section title="Bands">
            <BandMatrix effect={effect} chosen={shown} onChoose={setMove} />
            <ChangedAccountList effect={effect} profile={profile} move={shown} onAccount={onAccount} />
          </Section>
        </div>
      )}
      <Section title="One account">
        <AccountPicker key={account?.id ?? ''} account={account} isRequired={false} onPick={onAccount} />
        {account !== null && effect?.account ? (
          <div className={classes.effectBody} data-stale={isStale || undefined}>
            <AccountEffectTable account={effect.account} />
          </div>
        ) : null}
      </Section>
    </div>
  );
}
