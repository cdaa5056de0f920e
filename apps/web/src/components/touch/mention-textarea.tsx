import { Combobox, Textarea, type TextareaProps, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { peopleQuery } from './get-people.js';
import { type Mentioned, mentionAt, withMention } from './mentions.js';

interface MentionTextareaProps extends Omit<TextareaProps, 'value' | 'onChange'> {
  accountId: string;
  value: string;
  onChange: (text: string) => void;
  onMention: (person: Mentioned) => void;
}

const AT_MOST = 8;

/** A text in which @ offers the people who may see the account. */
export function MentionTextarea({ accountId, value, onChange, onMention, ...rest }: MentionTextareaProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const typing = mentionAt(value, caret);
  const { data: people = [] } = useQuery({ ...peopleQuery(accountId), enabled: typing !== null });
  const wanted = typing?.typed.toLowerCase() ?? '';
  const offered = typing === null ? [] : people.filter(({ name }) => matches(name, wanted)).slice(0, AT_MOST);
  const isOpen = combobox.dropdownOpened && offered.length > 0;
  const firstOffered = isOpen ? offered[0]?.userId : undefined;
  const { selectFirstOption } = combobox;
  // Once they are drawn: Enter then takes the first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store's functions are new with each render.
  useEffect(() => {
    if (firstOffered !== undefined) selectFirstOption();
  }, [firstOffered]);
  const follow = (element: HTMLTextAreaElement) => {
    setCaret(element.selectionStart);
    if (mentionAt(element.value, element.selectionStart) === null) combobox.closeDropdown();
    else combobox.openDropdown();
  };
  const choose = (userId: string) => {
    const person = people.find((each) => each.userId === userId);
    if (!person) return;
    const next = withMention(value, caret, person.name);
    onChange(next.text);
    onMention(person);
    setCaret(next.caret);
    combobox.closeDropdown();
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  return (
    <Combobox
      store={{ ...combobox, dropdownOpened: isOpen }}
      onOptionSubmit={choose}
      position="bottom-start"
      width={260}
    >
      <Combobox.Target withKeyboardNavigation={isOpen} withAriaAttributes={isOpen}>
        <Textarea
          {...rest}
          ref={area}
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
            follow(event.currentTarget);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && isOpen) {
              // Closes the names, not the dialog around them.
              event.stopPropagation();
              combobox.closeDropdown();
            }
            rest.onKeyDown?.(event);
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label="People who may see the account">
          {offered.map(({ userId, name, role }) => (
            <Combobox.Option key={userId} value={userId}>
              {name} <span style={{ color: 'var(--text-dim)' }}>{role}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

const matches = (name: string, wanted: string): boolean =>
  name
    .toLowerCase()
    .split(' ')
    .some((_, index, words) => words.slice(index).join(' ').startsWith(wanted));
