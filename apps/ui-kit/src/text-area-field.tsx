/** Several lines of text, growing with what is typed. */
import { Textarea } from '@mantine/core';
import type { FieldProps } from './field-props.js';

export function TextAreaField({ label, value, onChange, hint, placeholder, error, disabled = false }: FieldProps) {
  return (
    <Textarea
      label={label}
      value={value}
      description={hint}
      placeholder={placeholder}
      error={error}
      disabled={disabled}
      rows={6}
      spellCheck={false}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
