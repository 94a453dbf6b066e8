/** The class alone: the package's main file prints a warning about the runtime when it is loaded, this file does not. */
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
