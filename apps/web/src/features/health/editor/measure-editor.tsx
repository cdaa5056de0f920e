import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import type { SignalEntry } from '@steward/shared/model';
import { IconAlertTriangle, IconChevronRight, IconDots } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useCurrency } from '../../../lib/me.js';
import type { SignalFigures } from '../get-figures.js';
import parts from '../parts.module.css';
import { normalizerText } from '../words.js';
import classes from './editor.module.css';
import { NormalizerFields } from './normalizer-fields.js';
import { NumberField } from './number-field.js';
import { type MeasureDraft, type Problem, problemAt, problemOf, problemsWithin } from './profile-draft.js';
import { ShareBar } from './share-bar.js';

export interface MeasureMoves {
  onChange: (change: Partial<MeasureDraft>, about: string | null) => void;
  onMove: (by: -1 | 1) => void;
  onMoveTo: (groupKey: string) => void;
  onRemove: () => void;
}

interface MeasureEditorProps extends MeasureMoves {
  measure: MeasureDraft;
  /** Null: no signal is called so (any more). */
  signal: SignalEntry | null;
  share: number;
  figures: SignalFigures | null;
  /** What the effect says of it: not connected, missing, constant. */
  remark: string | null;
  problems: readonly Problem[];
  otherGroups: readonly { key: string; label: string }[];
}

/** One measure: what it counts for, how it is scored, and what is to be known of it. */
export function MeasureEditor(props: MeasureEditorProps) {
  const { measure, signal, share, figures, remark, problems, otherGroups } = props;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const currency = useCurrency();
  const name = signal?.label ?? measure.signal;
  const wrong = problemAt(problems, 'normalizer') ?? problemOf(problems, 'signal') ?? problemOf(problems, '');
  return (
    <li className={classes.measure} data-wrong={wrong === undefined ? undefined : true}>
      <div className={classes.measureHead}>
        <UnstyledButton
          className={classes.measureName}
          aria-expanded={isOpen}
          aria-controls={id}
          title={signal?.description || undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          <span>
            {name}{' '}
            <span className={parts.dim}>{normalizerText(measure.normalizer, signal?.unit ?? null, currency)}</span>
          </span>
        </UnstyledButton>
        <NumberField
          aria-label={`Weight of ${name}`}
          w={64}
          min={0}
          max={1_000_000}
          value={measure.weight}
          error={problemOf(problems, 'weight') !== undefined}
          onChange={(weight) => props.onChange({ weight }, `weight ${measure.signal}`)}
        />
        <ShareBar share={share} title="Of the score, where every measure has data" />
        <MeasureMenu {...props} name={name} otherGroups={otherGroups} />
      </div>
      {wrong === undefined && problemOf(problems, 'weight') === undefined ? null : (
        <p className={classes.wrong}>{wrong ?? problemOf(problems, 'weight')}</p>
      )}
      {measure.weight === 0 ? <p className={classes.aside}>Weight 0: it is shown, and never counted.</p> : null}
      {remark === null ? null : (
        <p className={classes.remark}>
          <IconAlertTriangle size={13} aria-hidden />
          {remark}
        </p>
      )}
      {isOpen ? (
        <div id={id} className={classes.measureBody}>
          <NormalizerFields
            normalizer={measure.normalizer}
            name={name}
            unit={signal?.unit ?? null}
            figures={figures}
            problems={problemsWithin(problems, 'normalizer')}
            onChange={(normalizer, about) =>
              props.onChange({ normalizer }, about === null ? null : `${about} ${measure.signal}`)
            }
          />
        </div>
      ) : null}
    </li>
  );
}

function MeasureMenu({
  name,
  otherGroups,
  onMove,
  onMoveTo,
  onRemove,
}: MeasureMoves & {
  name: string;
  otherGroups: readonly { key: string; label: string }[];
}) {
  return (
    <Menu position="bottom-end" shadow="md" width={210}>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${name}`}>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onMove(-1)}>Move up</Menu.Item>
        <Menu.Item onClick={() => onMove(1)}>Move down</Menu.Item>
        {otherGroups.length === 0 ? null : <Menu.Label>Move to another group</Menu.Label>}
        {otherGroups.map(({ key, label }) => (
          <Menu.Item key={key} onClick={() => onMoveTo(key)}>
            {label === '' ? key : label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onRemove}>Remove</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
