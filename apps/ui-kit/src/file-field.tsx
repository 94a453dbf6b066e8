/** Takes one file, chosen or dropped, and hands out its text. */
import { FileInput } from '@mantine/core';
import { type DragEvent, useState } from 'react';

export interface FileFieldProps {
  label: string;
  hint?: string;
  /** As in the `accept` attribute, for example `.json`. */
  accept: string;
  /** Null where the file was taken away again. */
  onText: (text: string | null) => void;
}

export function FileField({ label, hint, accept, onText }: FileFieldProps) {
  const [file, setFile] = useState<File | null>(null);
  const take = (next: File | null) => {
    setFile(next);
    if (next === null) onText(null);
    else void next.text().then(onText);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files[0] ?? null);
  };
  return (
    <div onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <FileInput
        label={label}
        description={hint}
        accept={accept}
        placeholder="Choose a file, or drop it here"
        value={file}
        clearable
        clearButtonProps={{ 'aria-label': 'Take the file away' }}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={take}
      />
    </div>
  );
}
