/** Public entry of `@worker-token/react/devtools/production`: the panel in every build, for those who ask for it by this name. */
export { Panel as WorkerTokenDevtools, type WorkerTokenDevtoolsProps } from './panel.js';
