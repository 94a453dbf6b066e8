/** What every text-like field takes. */
export interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A line under the label. */
  hint?: string;
  placeholder?: string;
  /** What is wrong with the value; shown and announced. */
  error?: string;
  disabled?: boolean;
}
