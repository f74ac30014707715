/** The form controls as components: a label that belongs to them, their value in, changes out. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

/** A codicon; decorative, because what it means is said in words beside it or in a label. */
export function Icon({ name }: { name: string }) {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}

interface ButtonProps {
  onClick: () => void;
  appearance?: 'primary' | 'secondary';
  icon?: string;
  disabled?: boolean;
  title?: string;
  children: ComponentChildren;
}

/** A button with a word on it. */
export function Button({ onClick, appearance = 'secondary', icon, disabled = false, title, children }: ButtonProps) {
  return (
    <vscode-button appearance={appearance} disabled={disabled} title={title} onClick={onClick}>
      {icon && <span slot="start" class={`codicon codicon-${icon}`} aria-hidden="true" />}
      {children}
    </vscode-button>
  );
}

interface IconButtonProps {
  icon: string;
  /** What it does: the tooltip, and what a screen reader says. */
  label: string;
  /** Stands beside the icon, where that alone says too little; the label contains it. */
  word?: string;
  onClick: () => void;
  disabled?: boolean;
  pressed?: boolean;
  /** The key that does the same, for the tooltip. */
  shortcut?: string | undefined;
}

/** A button that is an icon. The toolkit's own would be a custom element for each of a dozen icons; a plain one is enough. */
export function IconButton({ icon, label, word, onClick, disabled = false, pressed, shortcut }: IconButtonProps) {
  return (
    <button
      type="button"
      class={word === undefined ? 'icon-button' : 'icon-button worded'}
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {word}
    </button>
  );
}

export interface Option {
  id: string;
  title: string;
}

interface PickButtonProps {
  label: string;
  /** What is chosen. */
  value: string;
  /** What a click does, for the tooltip. */
  help: string;
  disabled?: boolean;
  onClick: () => void;
}

/** A choice that is made elsewhere, in a list of VS Code's own. It looks like a dropdown and stands among them. */
export function PickButton({ label, value, help, disabled = false, onClick }: PickButtonProps) {
  return (
    <div class="field">
      <span class="field-label" aria-hidden="true">
        {label}
      </span>
      <button
        type="button"
        class="pick-button"
        aria-haspopup="listbox"
        aria-label={`${label}: ${value}`}
        title={help}
        disabled={disabled}
        onClick={onClick}
      >
        <span class="pick-value">{value}</span>
        <Icon name="chevron-down" />
      </button>
    </div>
  );
}

interface DropdownProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (id: string) => void;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
  disabled?: boolean;
  /** What the value means, for the tooltip and for screen readers. */
  description?: string;
}

export function Dropdown(props: DropdownProps) {
  const { label, value, options, onChange, hideLabel = false, disabled = false, description } = props;
  const element = useRef<HTMLElement & { value: string }>(null);
  const ids = options.map(({ id }) => id).join('\n');
  // The element takes a value only once the option is there, so it is set after every change of either.
  useEffect(() => {
    if (element.current && element.current.value !== value) element.current.value = value;
  }, [value, ids]);
  return (
    <div class="field">
      {!hideLabel && (
        <span class="field-label" aria-hidden="true">
          {label}
        </span>
      )}
      <vscode-dropdown
        ref={element}
        aria-label={label}
        title={description === undefined ? label : `${label}: ${description}`}
        aria-description={description}
        disabled={disabled}
        onChange={(event) => {
          const chosen = (event.currentTarget as HTMLElement & { value: string }).value;
          if (chosen !== value) onChange(chosen);
        }}
      >
        {options.map(({ id, title }) => (
          <vscode-option key={id} value={id}>
            {title}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </div>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onInput: (text: string) => void;
  /** Enter was pressed. */
  onSubmit?: () => void;
  /** Said below the field: a range, a unit. */
  hint?: string;
  help?: string;
  /** What is wrong with the value; shown instead of the hint. */
  error?: string | undefined;
  placeholder?: string;
  hideLabel?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onInput, onSubmit, hint = '', help, error = '', placeholder, hideLabel = false } = props;
  const note = useId();
  const element = useRef<HTMLElement>(null);
  // The toolkit names a field 'Text field' when it is connected, over any name it was given before.
  useEffect(() => element.current?.setAttribute('aria-label', label), [label]);
  return (
    <div class={error === '' ? 'field' : 'field invalid'}>
      {!hideLabel && (
        <span class="field-label" aria-hidden="true" title={help}>
          {label}
        </span>
      )}
      <vscode-text-field
        ref={element}
        title={help ?? label}
        value={value}
        placeholder={placeholder}
        aria-invalid={error === '' ? undefined : 'true'}
        aria-description={error === '' ? hint : error}
        onInput={(event) => onInput((event.currentTarget as HTMLElement & { value: string }).value)}
        onKeyDown={(event) => event.key === 'Enter' && onSubmit?.()}
      />
      {(error !== '' || hint !== '') && (
        <span id={note} class={error === '' ? 'field-note' : 'field-error'} role={error === '' ? undefined : 'alert'}>
          {error === '' ? hint : error}
        </span>
      )}
    </div>
  );
}
