import { Button, Radio } from '@mantine/core';
import type { DraftMeasure } from '@steward/shared/health-studio';
import type { SignalEntry } from '@steward/shared/model';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ModelRule } from '../../../components/rule-builder/model-rule.js';
import { Section } from '../../../components/ui/section.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { formatNumber } from '../../../lib/format.js';
import type { ProfileFigures, SignalFigures } from '../get-figures.js';
import parts from '../parts.module.css';
import { connectedWords } from '../words.js';
import { withNewGroup } from './draft-moves.js';
import classes from './editor.module.css';
import { type GroupContext, GroupEditor } from './group-editor.js';
import { LimitsEditor } from './limits-editor.js';
import { type Problem, problemOf, problemsWithin } from './profile-draft.js';
import { sharesOf } from './shares.js';
import { ThresholdFields } from './threshold-fields.js';

interface ProfileEditorProps {
  draft: ProfileDraft;
  isDefault: boolean;
  /** Rises when the draft was replaced as a whole: what builders keep themselves is theirs no more. */
  round: number;
  problems: readonly Problem[];
  signals: readonly SignalEntry[];
  figures: ReadonlyMap<string, SignalFigures>;
  effects: readonly DraftMeasure[];
  today: ProfileFigures | null;
  /** What is being written and does not stand in the draft yet: the scope, a cap. */
  unfinished: ReadonlySet<string>;
  onUnfinished: (place: string, isUnfinished: boolean) => void;
  /** `said` is told where something is removed, with the way to take it back. */
  change: GroupContext['change'];
  seen: GroupContext['seen'];
}

/** Everything that a profile says, to be changed. */
export function ProfileEditor(props: ProfileEditorProps) {
  const { draft, isDefault, round, problems, signals, figures, effects, today, change } = props;
  const catalogue = useCatalogue();
  const shares = useMemo(() => sharesOf(draft), [draft]);
  const bySignal = useMemo(() => new Map(signals.map((signal) => [signal.key, signal])), [signals]);
  const effectOf = useMemo(() => new Map(effects.map((effect) => [effect.signal, effect])), [effects]);
  const counted = effects.filter(({ share }) => share > 0);
  const connected = counted.filter(({ state }) => state !== 'not_connected' && state !== 'unknown_signal');
  return (
    <div className={classes.form}>
      <Section title="Accounts that it scores">
        <ScopeFields {...props} isDefault={isDefault} />
      </Section>
      <Section title="Measures" note={counted.length === 0 ? null : connectedWords(connected.length, counted.length)}>
        {problemOf(problems, 'groups') ? <p className={classes.wrong}>{problemOf(problems, 'groups')}</p> : null}
        <div className={classes.measureLegend} aria-hidden>
          <span>Signal, and what scores 0 and 100</span>
          <span>Weight</span>
          <span>Share</span>
        </div>
        {draft.groups.map((group, index) => (
          <GroupEditor
            key={group.key}
            group={group}
            problems={problemsWithin(problems, `groups.${index}`)}
            draft={draft}
            shares={shares}
            signals={bySignal}
            figures={figures}
            effects={effectOf}
            seen={props.seen}
            change={change}
          />
        ))}
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => change(withNewGroup(draft, `Group ${formatNumber(draft.groups.length + 1)}`), null)}
        >
          Add a group
        </Button>
      </Section>
      <Section title="Caps and floors" note="After the measures; the lowest cap wins over any floor">
        <LimitsEditor
          key={round}
          draft={draft}
          catalogue={catalogue}
          problems={problems}
          today={today?.limits ?? []}
          change={change}
          onUnfinished={props.onUnfinished}
        />
      </Section>
      <Section title="Bands and thresholds">
        <ThresholdFields draft={draft} problems={problems} change={change} />
      </Section>
    </div>
  );
}

type ScopeFieldsProps = Pick<
  ProfileEditorProps,
  'draft' | 'isDefault' | 'round' | 'problems' | 'unfinished' | 'onUnfinished' | 'change'
>;

function ScopeFields({ draft, isDefault, round, problems, unfinished, onUnfinished, change }: ScopeFieldsProps) {
  if (isDefault) {
    return <p className={parts.text}>All accounts that no profile before it takes. This cannot be changed.</p>;
  }
  const isUnfinished = unfinished.has('scope');
  const isEvery = draft.scope === null && !isUnfinished;
  return (
    <>
      <Radio.Group
        aria-label="Accounts that it scores"
        value={isEvery ? 'every' : 'some'}
        onChange={(next) => {
          onUnfinished('scope', next === 'some' && draft.scope === null);
          if (next === 'every') change({ ...draft, scope: null }, null);
        }}
      >
        <div className={classes.radios}>
          <Radio size="xs" value="some" label="Those that meet a condition" />
          <Radio size="xs" value="every" label="All accounts" />
        </div>
      </Radio.Group>
      {isEvery ? null : (
        <ModelRule
          key={round}
          purpose="profileScope"
          value={draft.scope}
          errors={problemsWithin(problems, 'scope')}
          onChange={(scope) => {
            // Without a condition it would be for all accounts, which is said by the choice above.
            onUnfinished('scope', scope === null);
            if (scope !== null) change({ ...draft, scope }, 'scope');
          }}
          onUnfinished={(is) => onUnfinished('scope', is)}
        />
      )}
      {isUnfinished ? (
        <p className={classes.wrong}>
          A condition is not finished: until then{' '}
          {draft.scope === null ? 'it stands for all accounts' : 'the last finished one stands'}.
        </p>
      ) : null}
    </>
  );
}
