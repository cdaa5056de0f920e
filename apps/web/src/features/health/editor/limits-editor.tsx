import { ActionIcon, Button, SegmentedControl, Switch, TextInput, UnstyledButton } from '@mantine/core';
import type { CatalogueField } from '@steward/shared/catalogue';
import { describeRule } from '@steward/shared/describe';
import type { ProfileDraft } from '@steward/shared/model-drafts';
import { IconChevronRight, IconPlus, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { ModelRule } from '../../../components/rule-builder/model-rule.js';
import frame from '../../../components/ui/frame.module.css';
import { formatNumber, NONE, plural } from '../../../lib/format.js';
import type { ProfileFigures } from '../get-figures.js';
import parts from '../parts.module.css';
import { withLimit, withNewLimit, withoutLimit } from './draft-moves.js';
import classes from './editor.module.css';
import { NumberField } from './number-field.js';
import { type LimitDraft, type Problem, problemAt, problemOf, problemsWithin } from './profile-draft.js';

interface LimitsEditorProps {
  draft: ProfileDraft;
  catalogue: readonly CatalogueField[];
  problems: readonly Problem[];
  /** On how many accounts each holds today, as published. */
  today: ProfileFigures['limits'];
  change: (draft: ProfileDraft, about: string | null, said?: string) => void;
  onUnfinished: (place: string, isUnfinished: boolean) => void;
}

/** Caps and floors: what holds a score down, or up, whatever the measures say. */
export function LimitsEditor({ draft, catalogue, problems, today, change, onUnfinished }: LimitsEditorProps) {
  const [fresh, setFresh] = useState<string | null>(null);
  const add = (kind: LimitDraft['kind']) => {
    const next = withNewLimit(draft, kind);
    setFresh(next.limits.at(-1)?.key ?? null);
    change(next, null);
  };
  return (
    <>
      {draft.limits.length === 0 ? <p className={parts.dim}>None: the score is what the measures say.</p> : null}
      <ul className={parts.limits} aria-label="Caps and floors">
        {draft.limits.map((limit, index) => (
          <LimitEditor
            key={limit.key}
            limit={limit}
            startsOpen={limit.key === fresh}
            catalogue={catalogue}
            problems={problemsWithin(problems, `limits.${index}`)}
            today={today.find(({ key }) => key === limit.key) ?? null}
            onChange={(part, about) =>
              change(withLimit(draft, limit.key, part), about === null ? null : `${about} ${limit.key}`)
            }
            onUnfinished={(isUnfinished) => onUnfinished(`limit ${limit.key}`, isUnfinished)}
            onRemove={() => {
              onUnfinished(`limit ${limit.key}`, false);
              change(
                withoutLimit(draft, limit.key),
                null,
                `The ${limit.kind}${limit.reason === '' ? '' : ` “${limit.reason}”`} is removed`,
              );
            }}
          />
        ))}
      </ul>
      <div className={classes.adds}>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => add('cap')}
        >
          Add a cap
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => add('floor')}
        >
          Add a floor
        </Button>
      </div>
    </>
  );
}

interface LimitEditorProps {
  limit: LimitDraft;
  startsOpen: boolean;
  catalogue: readonly CatalogueField[];
  problems: readonly Problem[];
  today: ProfileFigures['limits'][number] | null;
  onChange: (change: Partial<LimitDraft>, about: string | null) => void;
  onUnfinished: (isUnfinished: boolean) => void;
  onRemove: () => void;
}

function LimitEditor(props: LimitEditorProps) {
  const { limit, startsOpen, catalogue, problems, today, onChange, onUnfinished, onRemove } = props;
  const [isOpen, setOpen] = useState(startsOpen);
  const id = useId();
  const { kind, at, rule, reason, skipInQuietPeriods } = limit;
  const name = `${kind === 'cap' ? 'Cap' : 'Floor'} at ${at === null ? NONE : formatNumber(at, 2)}`;
  const wrong = problemAt(problems, '');
  return (
    <li className={parts.limit} data-wrong={problems.length > 0 || undefined}>
      <div className={parts.limitHead}>
        <UnstyledButton
          className={classes.measureName}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          <span>
            <strong>{name}</strong> {reason}
            {isOpen ? null : (
              <span className={parts.limitRule}>
                {rule === null ? 'No condition yet' : describeRule(rule, catalogue, [])}
              </span>
            )}
          </span>
        </UnstyledButton>
        {today === null ? null : (
          <span className={parts.dim} title="As published, today">
            holds on {plural(today.holds, 'account')}
          </span>
        )}
        <ActionIcon aria-label={`Remove: ${name}, ${reason}`} onClick={onRemove}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </div>
      {wrong === undefined || isOpen ? null : <p className={classes.wrong}>{wrong}</p>}
      {isOpen ? (
        <div id={id} className={classes.limitBody}>
          <div className={classes.anchors}>
            <SegmentedControl
              size="xs"
              aria-label="Cap or floor"
              data={[
                { value: 'cap', label: 'Cap: not above' },
                { value: 'floor', label: 'Floor: not below' },
              ]}
              value={kind}
              onChange={(next) => onChange({ kind: next as LimitDraft['kind'] }, null)}
            />
            <NumberField
              aria-label="Score"
              w={90}
              min={0}
              max={100}
              clampBehavior="strict"
              value={at}
              error={problemOf(problems, 'at')}
              onChange={(next) => onChange({ at: next }, 'at')}
            />
          </div>
          <TextInput
            label="Reason"
            description="Said after the score: “78, capped at 30: no activity for 28 days”"
            size="xs"
            maxLength={200}
            value={reason}
            error={problemOf(problems, 'reason')}
            onChange={(event) => onChange({ reason: event.currentTarget.value }, 'reason')}
          />
          <div>
            <div className={frame.fieldName}>It holds where</div>
            <ModelRule
              purpose="cap"
              value={rule}
              errors={problemsWithin(problems, 'rule').filter(({ path }) => path !== '')}
              onChange={(next) => onChange({ rule: next }, 'rule')}
              onUnfinished={onUnfinished}
            />
            {problemOf(problems, 'rule') ? <p className={classes.wrong}>{problemOf(problems, 'rule')}</p> : null}
          </div>
          <Switch
            size="xs"
            label="Not in quiet periods of the workspace"
            description="Holidays and shutdowns, as marked in the settings"
            checked={skipInQuietPeriods}
            onChange={(event) => onChange({ skipInQuietPeriods: event.currentTarget.checked }, null)}
          />
        </div>
      ) : null}
    </li>
  );
}
