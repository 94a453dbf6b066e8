/** Takes one file and hands out its text. */
import { FileInput } from '@mantine/core';

export interface FileFieldProps {
  label: string;
  hint?: string;
  /** As in the `accept` attribute, for example `.json`. */
  accept: string;
  /** Null where the file was taken away again. */
  onText: (text: string | null) => void;
}

export function FileField({ label, hint, accept, onText }: FileFieldProps) {
  const read = (file: File | null) => {
    if (file === null) return onText(null);
    void file.text().then(onText);
  };
  return (
    <FileInput
      label={label}
      description={hint}
      accept={accept}
      placeholder="Choose a file"
      clearable
      clearButtonProps={{ 'aria-label': 'Take the file away' }}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={read}
    />
  );
}
