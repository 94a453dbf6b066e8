/** A field whose value is hidden until the person asks to see it. Browsers are asked not to remember it. */
import { PasswordInput } from '@mantine/core';
import type { FieldProps } from './field-props.js';

export function SecretField({ label, value, onChange, hint, placeholder, error, disabled = false }: FieldProps) {
  return (
    <PasswordInput
      label={label}
      value={value}
      description={hint}
      placeholder={placeholder}
      error={error}
      disabled={disabled}
      autoComplete="new-password"
      spellCheck={false}
      visibilityToggleButtonProps={{ 'aria-label': 'Show or hide what is typed', tabIndex: 0 }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
