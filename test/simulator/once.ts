/** Made when it is first asked for: a tenant of which only mail is asked need not know all traces. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
};
