/** One line of text. The value goes out as a string, not as an event. */
import { TextInput } from '@mantine/core';
import type { FieldProps } from './field-props.js';

export function TextField({ label, value, onChange, hint, placeholder, error, disabled = false }: FieldProps) {
  return (
    <TextInput
      label={label}
      value={value}
      description={hint}
      placeholder={placeholder}
      error={error}
      disabled={disabled}
      autoComplete="off"
      spellCheck={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
