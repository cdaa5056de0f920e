import { useEffect, useId, useRef, useState } from 'react';
import classes from './inline-input.module.css';

interface InlineInputProps {
  label: string;
  type: 'date' | 'number' | 'text';
  /** What it begins with; empty when not set. */
  text: string;
  width: number;
  /** Figures stand at the right of their column. */
  alignRight?: boolean;
  /** Why it is not taken, in words that say what is; null: it is. */
  problemOf: (text: string) => string | null;
  /** What was typed, where it differs. */
  onSave: (text: string) => void;
  onLeave: () => void;
}

const UNREADABLE = {
  date: 'Give a whole date, or none',
  number: 'Give a number, or none',
  text: 'Give a text, or none',
} as const;

/**
 * A value typed in its place. Enter saves, and so does going elsewhere; Esc leaves it as it was. What is not taken stays,
 * with the reason beside it.
 */
export function InlineInput(props: InlineInputProps) {
  const { label, type, text, width, alignRight = false, problemOf, onSave, onLeave } = props;
  const input = useRef<HTMLInputElement>(null);
  /** Taken away while it has the focus an input is left once more. */
  const isOver = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const leave = () => {
    isOver.current = true;
    onLeave();
  };
  const save = () => {
    if (isOver.current || input.current === null) return;
    const { value, validity } = input.current;
    // What is half written reads as empty, which would take the value away.
    const found = validity.badInput ? UNREADABLE[type] : value === text ? null : problemOf(value);
    setProblem(found);
    if (found !== null) return;
    leave();
    if (value !== text) onSave(value);
  };
  return (
    <span className={classes.root}>
      <input
        ref={input}
        className={classes.input}
        style={{ width, textAlign: alignRight ? 'right' : undefined }}
        type={type}
        step={type === 'number' ? 'any' : undefined}
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        defaultValue={text}
        onChange={() => setProblem(null)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          leave();
        }}
      />
      {problem === null ? null : (
        <span id={problemId} className={classes.problem} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
