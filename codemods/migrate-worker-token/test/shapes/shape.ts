/** One shape of legacy code, as it looks in the wild, and what is to become of it. */
export interface Shape {
  id: string;
  name: string;
  /** The file, or files by path. */
  code: string | Record<string, string>;
  /** `migrated`: every site. `left`: with this reason, by name. `untouched`: no site that is migrated or left for a person. */
  verdict: 'migrated' | 'untouched' | { left: string[] };
  /** Text that must be in the result. */
  has?: string[];
  /** Text that must be gone. */
  gone?: string[];
}
