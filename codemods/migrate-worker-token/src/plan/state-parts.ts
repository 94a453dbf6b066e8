/** The parts of a component that keep a state at what is stored. */
import type { Node } from '../ast/node.js';
import type { Binding } from '../ast/scopes.js';

export interface StateOfComponent {
  name: string;
  /** `[value, setValue] = useState(…)` */
  declarator: Node;
  value: Binding;
  setter: Binding;
}

/** What runs the code again, or later. */
export interface Trigger {
  call: Node;
  kind: 'timer' | 'listener' | 'delay';
  /** What runs. */
  fn: Node;
}
