/** How a flow is named and described. */

declare const flowKeyBrand: unique symbol;

/** The name of one flow, made by `flowKey('oauth-implicit-v7')`. */
export type FlowKey = string & { readonly [flowKeyBrand]: true };

/** Any Standard Schema, as valibot, zod and arktype make them. @see https://standardschema.dev */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) =>
      | { readonly value: T; readonly issues?: undefined }
      | { readonly issues: readonly { readonly message: string }[] }
      | Promise<
          | { readonly value: T; readonly issues?: undefined }
          | { readonly issues: readonly { readonly message: string }[] }
        >;
  };
}

export interface FlowDefinition<T> {
  readonly key: FlowKey;
  readonly version: number;
  readonly schema?: StandardSchema<T>;
  readonly secretFields: readonly string[];
  /** `migrations[n]` turns a record of version n - 1 into one of version n. */
  readonly migrations: Readonly<Record<number, (old: unknown) => unknown>>;
}
